import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { dayOf } from '@tilts/domain';
import { Between, Button, Card, Confirm, Icon, Snack, Tag, TextArea, TextPipe, Texts, type IconName } from '@tilts/ui';
import { problemText } from '../platform/problem';
import { ClashChoice } from './clash-choice';
import { labelOf, linesOf, whatWords, type NameOf } from './content-lines';
import { Correcting } from './correcting';
import { Phone, type Unsent, type UnsentState } from './phone';

/** What waits says so by the heading that it stands under. */
const signs: Record<UnsentState, IconName | null> = {
  waiting: null,
  held: 'pause',
  refused: 'warning',
  conflict: 'equal',
};

/** One thing that is not at the office yet: whose it is, what it is, how old, why it waits, and everything that was written in it. */
@Component({
  selector: 'app-unsent-card',
  imports: [Between, Button, Card, ClashChoice, Icon, Tag, TextArea, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './unsent-card.html',
  styleUrl: './unsent-card.scss',
})
export class UnsentCard {
  readonly of = input.required<Unsent>();
  readonly nameOf = input.required<NameOf>();
  /** What a held one waits for, in words. */
  readonly waitsFor = input<string | null>(null);

  readonly #phone = inject(Phone);
  readonly #texts = inject(Texts);
  readonly #snack = inject(Snack);
  readonly #confirm = inject(Confirm);
  readonly #correcting = inject(Correcting);
  protected readonly busy = signal<'again' | 'drop' | 'choose' | null>(null);

  protected readonly sign = computed(() => signs[this.of().state]);
  protected readonly what = computed(() => whatWords(this.#texts, this.of().operation));
  protected readonly written = computed(() => {
    const at = this.of().madeAt;
    const day = this.#texts.ago(dayOf(at));
    return this.#texts.text('sync.unsent.written', { day, time: this.#texts.time(at) });
  });
  protected readonly lines = computed(() => linesOf(this.#texts, this.of().operation, this.of().input, this.nameOf()));
  /** The words of the error, and which fields it means. */
  protected readonly reason = computed(() => {
    const { code, problemParams, fields, operation } = this.of();
    const words = code ? this.#texts.textOfCode(`errors.${code}`, problemParams) : null;
    return {
      words: words ?? this.#texts.text('errors.INTERNAL'),
      fields: fields.map((field) => ({
        label: labelOf(this.#texts, operation, field.field),
        words:
          this.#texts.textOfCode(`fieldErrors.${field.code}`, paramsOf(field.params)) ??
          this.#texts.text('fieldErrors.malformed'),
      })),
    };
  });
  protected readonly hasForm = computed(() => this.#correcting.hasForm(this.of()));
  /** A message has no page of its own where it could be corrected: it is corrected here. */
  protected readonly text = linkedSignal<string | null | undefined>(() => {
    const text = this.of().input['text'];
    return this.of().state === 'refused' && !this.hasForm() && typeof text === 'string' ? text : null;
  });

  /** What would go with it; nothing where the office may still take it. */
  protected readonly lost = computed(() =>
    this.of().state === 'refused' || this.of().state === 'held' ? this.#phone.lostWith(this.of().id) : [],
  );

  protected correct(): void {
    void this.#correcting.open(this.of());
  }

  protected sendAgain(): Promise<void> {
    const { id, input } = this.of();
    const text = this.text();
    const corrected = text && text !== input['text'] ? { ...input, text } : undefined;
    return this.#work('again', () => this.#phone.sendAgain(id, corrected));
  }

  protected resolve(choice: Record<string, 'mine' | 'theirs'>): Promise<void> {
    return this.#work('choose', () => this.#phone.resolve(this.of().id, choice));
  }

  protected async throwAway(): Promise<void> {
    const others = this.lost().filter(({ id }) => id !== this.of().id);
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('sync.unsent.dropAsk'),
      text: [
        this.#texts.text('sync.unsent.dropText', {
          what: this.what(),
          code: this.of().familyCode ?? '',
          known: this.of().familyCode ? 'yes' : 'no',
        }),
        ...[...this.lines()]
          .sort((a, b) => Number(b.typed) - Number(a.typed))
          .slice(0, 6)
          .map(({ label, value }) => this.#texts.text('sync.content.line', { label, value })),
        ...(others.length > 0 ? [this.#texts.text('sync.unsent.dropWith', { count: others.length })] : []),
        ...others.map(({ operation }) =>
          this.#texts.text('sync.unsent.dropOne', { what: whatWords(this.#texts, operation) }),
        ),
      ].join('\n'),
      yes: this.#texts.text('sync.unsent.drop'),
      danger: true,
    });
    if (sure) await this.#work('drop', () => this.#phone.throwAway(this.of().id));
  }

  async #work(which: 'again' | 'drop' | 'choose', work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(which);
    try {
      await work();
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    } finally {
      this.busy.set(null);
    }
  }
}

function paramsOf(json: string | null): Record<string, string | number> {
  try {
    return json ? (JSON.parse(json) as Record<string, string | number>) : {};
  } catch {
    return {};
  }
}
