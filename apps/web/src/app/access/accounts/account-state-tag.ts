import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { AccountView } from '@tilts/domain';
import { Tag, Texts, type IconName, type Tone } from '@tilts/ui';
import { stateOf, type ShownState } from './account-state';

const looks: Record<ShownState, { tone: Tone; icon: IconName }> = {
  invited: { tone: 'wait', icon: 'clock' },
  linkOver: { tone: 'late', icon: 'warning' },
  active: { tone: 'ok', icon: 'check' },
  ended: { tone: 'plain', icon: 'lock' },
};

/** Whether somebody can sign in, in one word. */
@Component({
  selector: 'app-account-state-tag',
  imports: [Tag],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<tl-tag [tone]="look().tone" [icon]="look().icon">{{ word() }}</tl-tag>`,
})
export class AccountStateTag {
  readonly of = input.required<Pick<AccountView, 'state' | 'linkExpiresAt'>>();
  readonly #texts = inject(Texts);
  readonly #state = computed(() => stateOf(this.of(), new Date()));
  protected readonly look = computed(() => looks[this.#state()]);
  protected readonly word = computed(() => {
    const state = this.#state();
    return this.#texts.text(state === 'linkOver' ? 'access.accounts.linkOver' : `access.accountState.${state}`);
  });
}
