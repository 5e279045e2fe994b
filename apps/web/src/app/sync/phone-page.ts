import { DOCUMENT, ChangeDetectionStrategy, Component, computed, inject, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { familyEndpoints } from '@tilts/domain';
import { Card, ChipOne, Definitions, Icon, Notice, PageFrame, Section, TextPipe, Texts } from '@tilts/ui';
import { read } from '../platform/read';
import { isInstalled, phoneKinds, thisKindOfPhone } from './installed';
import { Phone } from './phone';
import { lastContactWords, stateOfPhone } from './state-of-phone';

/** Three steps of each; the texts have them by number. */
const steps = [1, 2, 3] as const;

/** „Par šo tālruni”: what it holds, whether it is safe there, and how Tilts becomes an app on it. */
@Component({
  selector: 'app-phone-page',
  imports: [Card, ChipOne, Definitions, Icon, Notice, PageFrame, RouterLink, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './phone-page.html',
  styles: `
    dd a {
      display: inline-flex;
      align-items: center;
      min-block-size: 48px;
    }
    .state {
      display: flex;
      align-items: center;
      gap: 10px;
    }
    .state tl-icon {
      color: var(--tl-accent);
    }
    ol {
      display: grid;
      gap: 8px;
      margin: 12px 0 0;
      padding-inline-start: 22px;
    }
    ol li::marker {
      color: var(--tl-accent);
      font-weight: 650;
    }
    tl-chip-one {
      display: block;
    }
  `,
})
export class PhonePage {
  protected readonly phone = inject(Phone);
  readonly #texts = inject(Texts);
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #families = read(familyEndpoints.list, () => ({}));

  protected readonly steps = steps;
  protected readonly installed = isInstalled(this.#window);
  protected readonly kind = linkedSignal(() => thisKindOfPhone(this.#window?.navigator.userAgent ?? ''));
  protected readonly kinds = computed(() =>
    phoneKinds.map((value) => ({ value, label: this.#texts.text(`sync.phone.kind.${value}`) })),
  );
  protected readonly state = computed(() => stateOfPhone(this.phone, this.#texts));
  protected readonly lastContact = computed(
    () => lastContactWords(this.phone, this.#texts) ?? this.#texts.text('sync.phone.notYet'),
  );
  protected readonly families = computed(() => {
    const progress = this.phone.progress();
    const count = this.#families.value()?.items.length;
    if (progress) return this.#texts.text('sync.phone.familiesSoFar', { have: progress.have, of: progress.of });
    return count === undefined ? '…' : this.#texts.text('sync.phone.families', { count });
  });
  protected readonly space = computed(() => {
    const space = this.phone.space();
    if (!space) return this.#texts.text('sync.phone.spaceUnknown');
    return this.#texts.text('sync.phone.spaceUsed', {
      used: this.#size(space.used),
      free: this.#size(Math.max(0, space.of - space.used)),
    });
  });

  #size(bytes: number): string {
    const megabytes = bytes / 1_000_000;
    return megabytes < 1_000
      ? this.#texts.text('sync.phone.megabytes', { size: this.#texts.figure(megabytes, megabytes < 10 ? 1 : 0) })
      : this.#texts.text('sync.phone.gigabytes', { size: this.#texts.figure(megabytes / 1_000, 1) });
  }
}
