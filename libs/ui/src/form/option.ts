import type { IconName } from '../icon/icons';

/** One thing to choose, with its word already in the person's language. */
export interface Option<V> {
  value: V;
  label: string;
  icon?: IconName;
  /** A second, muted line or word. */
  detail?: string;
  /** The language of the word when it is not the page's: „English” on a Latvian page. */
  lang?: string;
  /** Offered no more: shown only where it is chosen already, on an old record. */
  retired?: boolean;
}
