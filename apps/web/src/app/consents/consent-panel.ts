import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { consentEndpoints, dayOf, newId, recordConsentOf, type ConsentView, type PersonView } from '@tilts/domain';
import { Button, Confirm, DayPipe, Snack, Tag, TextPipe, Texts } from '@tilts/ui';
import { CALL } from '../platform/call';
import { problemText } from '../platform/problem';
import { SavedSnack } from '../platform/saved-snack';

/** What a family agreed to: the state in one line, each consent with its way back. */
@Component({
  selector: 'app-consent-panel',
  imports: [Button, DayPipe, Tag, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './consent-panel.html',
  styles: `
    summary {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-block-size: 48px;
      cursor: pointer;
      list-style: none;
    }
    summary::-webkit-details-marker {
      display: none;
    }
    .more {
      color: var(--tl-accent);
      font-weight: 600;
      white-space: nowrap;
    }
    ul {
      display: grid;
      gap: 14px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 6px 12px;
      justify-content: space-between;
      align-items: center;
      padding-block-start: 12px;
      border-block-start: 1px solid var(--tl-line);
    }
  `,
})
export class ConsentPanel {
  readonly consents = input.required<readonly ConsentView[]>();
  readonly persons = input.required<readonly PersonView[]>();
  readonly changed = output();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #saved = inject(SavedSnack);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);

  protected readonly record = computed(() => recordConsentOf(this.consents()));
  protected readonly sharing = computed(
    () => this.consents().filter((consent) => consent.kind === 'share' && !consent.withdrawnOn).length,
  );

  protected words(consent: ConsentView): string {
    if (consent.kind === 'record' || !consent.purpose || !consent.recipientKind)
      return this.#texts.text('consents.kind.record');
    return this.#texts.text('consents.panel.share', {
      recipient: this.#texts.text(`directory.kind.${consent.recipientKind}`),
      purpose: this.#texts.text(`directory.needArea.${consent.purpose}`),
      who:
        this.persons().find((person) => person.id === consent.personId)?.firstName ??
        this.#texts.text('consents.panel.wholeFamily'),
    });
  }

  protected async withdraw(consent: ConsentView): Promise<void> {
    const heading = this.#texts.text('consents.panel.withdrawQuestion');
    const text = this.#texts.text(
      consent.kind === 'record' ? 'consents.panel.withdrawRecord' : 'consents.panel.withdrawShare',
    );
    if (!(await this.#confirm.ask({ heading, text, yes: this.#texts.text('consents.panel.withdraw'), danger: true })))
      return;
    const { familyId, personId, kind, purpose, recipientKind, giver, guardianId, noticeVersion } = consent;
    try {
      const id = newId();
      await this.#call(consentEndpoints.create, {
        input: {
          id,
          familyId,
          personId,
          kind,
          purpose,
          recipientKind,
          giver,
          guardianId,
          noticeVersion,
          givenOn: dayOf(new Date()),
          noticeRead: true,
          spokenYes: false,
          withdraws: consent.id,
        },
      });
      await this.#saved.show(id, this.#texts.text('consents.panel.withdrawn'));
      this.changed.emit();
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    }
  }
}
