import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import { Router } from '@angular/router';
import {
  ageOn,
  checkInput,
  consentEndpoints,
  dayOf,
  directoryEndpoints,
  draftEndpoints,
  familyEndpoints,
  householdOf,
  legalGrounds,
  needAreas,
  newId,
  NewReferral,
  personEndpoints,
  referralEndpoints,
  shareConsentFor,
  snapshotOf,
  type DraftView,
  type InstitutionView,
  type NeedArea,
  type ServiceView,
  type TravelField,
} from '@tilts/domain';
import {
  Button,
  Card,
  ChipOne,
  Notice,
  PageFrame,
  Section,
  Snack,
  TextArea,
  TextPipe,
  Texts,
  formFor,
} from '@tilts/ui';
import { CodeLists } from '../codeLists/code-lists';
import { ShareConsent } from '../consents/share-consent';
import { CALL } from '../platform/call';
import type { Fields } from '../platform/exchange';
import { Handed } from '../platform/handed';
import { Awaiting, ProblemNotice, problemText } from '../platform/problem';
import { read } from '../platform/read';
import { SavedSnack } from '../platform/saved-snack';
import { DraftMark } from '../visits/draft-mark';
import { FamilyChooser } from '../visits/family-chooser';
import { KeptDraft } from '../visits/kept-draft';
import { ReferralCard } from './referral-card';
import { ServiceChooser } from './service-chooser';

type ReferralForm = Omit<Fields<NewReferral>, 'needArea'> & { needArea: NewReferral['needArea'] | null };

/** Refer: for whom, what for, to whom, and what travels – the card as the receiver will see it – with consent checked on the spot. */
@Component({
  selector: 'app-referral-editor',
  imports: [
    Awaiting,
    Button,
    Card,
    ChipOne,
    DraftMark,
    FamilyChooser,
    Notice,
    PageFrame,
    ProblemNotice,
    ReferralCard,
    Section,
    ServiceChooser,
    ShareConsent,
    TextArea,
    TextPipe,
  ],
  providers: [KeptDraft],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './referral-editor.html',
  styles: `
    form {
      display: grid;
      gap: 24px;
      grid-template-columns: minmax(0, 1fr);
    }
    .call {
      font-size: 1.0625rem;
    }
  `,
})
export class ReferralEditor {
  readonly family = input<string>();
  readonly person = input<string>();
  readonly need = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #saved = inject(SavedSnack);
  readonly #snack = inject(Snack);
  readonly #lists = inject(CodeLists);
  protected readonly texts = inject(Texts);

  readonly #given = () => {
    const id = this.family();
    return id ? { input: { familyId: id } } : undefined;
  };
  protected readonly familyView = read(familyEndpoints.read, () => {
    const id = this.family();
    return id ? { params: { id } } : undefined;
  });
  readonly #persons = read(personEndpoints.list, this.#given);
  protected readonly consents = read(consentEndpoints.list, this.#given);
  protected readonly institutions = read(directoryEndpoints.institutions, () => ({ input: {} }));

  protected readonly form = formFor<ReferralForm>(
    {
      id: newId(),
      familyId: '',
      personId: '',
      institutionId: '',
      serviceId: null,
      needArea: null,
      request: '',
      travels: ['lastName', 'phone'],
      ground: 'consent',
      groundReason: null,
    },
    (value) => checkInput(NewReferral, { ...value, familyId: this.family() ?? value.familyId }).problems,
  );

  protected readonly household = computed(() => householdOf(this.family() ?? '', this.#persons.value()?.items ?? []));
  protected readonly people = computed(() =>
    this.household().map((person) => {
      const age = ageOn(person, dayOf(new Date()));
      return {
        value: person.id,
        label:
          age === null
            ? person.firstName
            : this.texts.text('referrals.editor.nameAndAge', { name: person.firstName, age }),
      };
    }),
  );
  protected readonly needs = computed(() => this.#lists.options(needAreas));
  protected readonly grounds = computed(() =>
    legalGrounds.values.map((value) => ({ value, label: this.texts.text(`referrals.legalGround.${value}`) })),
  );

  protected readonly chosenPerson = computed(() =>
    this.household().find((person) => person.id === this.form.value().personId),
  );
  protected readonly institution = computed(() =>
    this.institutions.value()?.items.find((one) => one.id === this.form.value().institutionId),
  );
  protected readonly snapshot = computed(() => {
    const [person, family] = [this.chosenPerson(), this.familyView.value()];
    return person && family ? snapshotOf(person, family, this.household().length, this.form.value().travels) : null;
  });
  protected readonly consent = computed(() => {
    const { needArea, personId } = this.form.value();
    const institution = this.institution();
    return needArea && institution
      ? shareConsentFor(this.consents.value()?.items ?? [], personId, needArea, institution.kind)
      : undefined;
  });
  /** What has to be chosen before it can be sent: said in the place of the button. */
  protected readonly missing = computed(() => {
    const { personId, needArea, ground } = this.form.value();
    if (!personId) return 'personId';
    if (!needArea) return 'needArea';
    if (!this.institution()) return 'institutionId';
    return ground === 'consent' && !this.consent() ? 'consent' : null;
  });
  /** A child in danger does not wait for a form. */
  protected readonly urgent = computed(
    () => this.form.value().needArea === 'CHI' || this.form.value().ground !== 'consent',
  );
  /** Consent is the rule; another ground is opened on purpose. */
  protected readonly otherGround = linkedSignal(() => this.form.value().ground !== 'consent');
  protected readonly draft = inject(KeptDraft);
  /** A referral that the office did not take, brought here to be corrected. */
  readonly #refused = inject(Handed).take<ReferralForm>('POST /referrals');
  readonly #drafts = read(draftEndpoints.list, () => ({}));
  /** Typing is kept once it is known whether there was a draft before. */
  readonly #open = signal(false);

  constructor() {
    effect(() => {
      const [drafts, family] = [this.#drafts.value(), this.family()];
      if (drafts && family) untracked(() => this.#begin(family, drafts.items));
    });
    effect(() => {
      const form = this.form.value();
      const familyId = this.family();
      if (!this.#open() || !this.form.dirty() || !familyId) return;
      untracked(() => this.draft.keep({ id: form.id, kind: 'referral', familyId, content: JSON.stringify(form) }));
    });
  }

  protected choose(chosen: { institution: InstitutionView; service: ServiceView | null }): void {
    this.form.patch({ institutionId: chosen.institution.id, serviceId: chosen.service?.id ?? null });
  }

  protected travel(travels: readonly TravelField[]): void {
    this.form.patch({ travels: [...travels] });
  }

  /** Written as a draft and then sent. When sending is refused the words are kept: the draft's own page says why and can send it. */
  protected async send(): Promise<void> {
    const written = await this.form.submit((value) => {
      // The button waits for a need area.
      const needArea = value.needArea as NeedArea;
      return this.#call(referralEndpoints.create, { input: { ...value, needArea, familyId: this.family() ?? '' } });
    });
    if (!written) return;
    await this.draft.finish(written.id);
    try {
      await this.#call(referralEndpoints.move, { params: { id: written.id }, input: { move: 'send' } });
      await this.#saved.show(written.id, this.texts.text('referrals.done.send'));
    } catch (problem) {
      await this.#snack.show(problemText(this.texts, problem));
    }
    await this.#router.navigate(['/referrals', written.id], { replaceUrl: true });
  }

  #begin(familyId: string, drafts: readonly DraftView[]): void {
    if (this.#open()) return;
    const refused = this.#refused;
    if (refused?.familyId === familyId) {
      this.form.reset(refused);
      this.#open.set(true);
      return;
    }
    const kept = drafts.find((draft) => draft.kind === 'referral' && draft.familyId === familyId);
    const form = kept ? (JSON.parse(kept.content) as ReferralForm) : null;
    if (kept && form) {
      this.form.reset(form);
      this.draft.opened(kept.content);
    } else {
      // A visit that was just saved hands over the person and the need; both can be changed.
      const [personId, need] = [this.person(), this.need()];
      // Not yet a draft: it becomes one with the first thing that is chosen here.
      this.form.reset({
        ...this.form.value(),
        familyId,
        ...(personId && { personId }),
        ...(needAreas.has(need) && { needArea: need }),
      });
    }
    this.#open.set(true);
  }
}
