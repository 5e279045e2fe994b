/** For whom the steps of installing are written. */
export const phoneKinds = ['android', 'iphone', 'other'] as const;
export type PhoneKind = (typeof phoneKinds)[number];

/** Opened from its own icon, without the bars of a browser. */
export function isInstalled(window: Window | null): boolean {
  // iPhones know no display-mode in older versions, but this word of their own.
  const navigator = window?.navigator as (Navigator & { standalone?: boolean }) | undefined;
  return navigator?.standalone === true || window?.matchMedia('(display-mode: standalone)').matches === true;
}

/** A guess that shows the right steps first; the others are one tap away. */
export function thisKindOfPhone(userAgent: string): PhoneKind {
  if (/Android/i.test(userAgent)) return 'android';
  return /iPhone|iPad|iPod/i.test(userAgent) ? 'iphone' : 'other';
}
