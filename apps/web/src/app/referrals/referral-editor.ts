import { ChangeDetectionStrategy, Component, computed, effect, inject, input, linkedSignal, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import {
  NewReferral, checkInput, consentEndpoints, dayOf, directoryEndpoints, familyEndpoints, legalGrounds, needAreas, newId, personEndpoints, referralEndpoints, shareConsentFor, snapshotOf,
  type InstitutionView, type ServiceView, type TravelField,
} from '@tilts/domain';
import { Button, Card, ChipOne, Notice, PageFrame, Section, Snack, TextArea, TextPipe, Texts, formFor } from '@tilts/ui';
import { ShareConsent } from '../consents/share-consent';
import { CALL } from '../platform/call';
import type { Fields } from '../platform/exchange';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { ageOn, householdOf } from '../visits/household';
import { FamilyChooser } from '../visits/family-chooser';
import { ReferralCard } from './referral-card';
import { ServiceChooser } from './service-chooser';

type ReferralForm = Omit<Fields<NewReferral>, 'needArea'> & { needArea: NewReferral['needArea'] | null };

/** Refer: for whom, what for, to whom, and what travels – the card as the receiver will see it – with consent checked on the spot. */
@Component({
  selector: 'app-referral-editor',
  imports: [
    Awaiting, Button, Card, ChipOne, FamilyChooser, Notice, PageFrame, ProblemNotice, ReferralCard, Section, ServiceChooser, ShareConsent, TextArea, TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './referral-editor.html',
  styles: `form { display: grid; gap: 24px; grid-template-columns: minmax(0, 1fr); } .call { font-size: 1.0625rem; }`,
})
export class ReferralEditor {
  readonly family = input<string>();
  readonly person = input<string>();
  readonly need = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
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
    { id: newId(), familyId: '', personId: '', institutionId: '', serviceId: null, needArea: null, request: '', travels: ['lastName', 'phone'], ground: 'consent', groundReason: null },
    (value) => checkInput(NewReferral, { ...value, familyId: this.family() ?? value.familyId }).problems,
  );

  protected readonly household = computed(() => householdOf(this.family() ?? '', this.#persons.value()?.items ?? []));
  protected readonly people = computed(() =>
    this.household().map((person) => {
      const age = ageOn(person, dayOf(new Date()));
      return { value: person.id, label: age === null ? person.firstName : this.texts.text('referrals.editor.nameAndAge', { name: person.firstName, age }) };
    }),
  );
  protected readonly needs = computed(() => needAreas.values.map((value) => ({ value, label: this.texts.text(`directory.needArea.${value}`) })));
  protected readonly grounds = computed(() => legalGrounds.values.map((value) => ({ value, label: this.texts.text(`referrals.legalGround.${value}`) })));

  protected readonly chosenPerson = computed(() => this.household().find((person) => person.id === this.form.value().personId));
  protected readonly institution = computed(() => this.institutions.value()?.items.find((one) => one.id === this.form.value().institutionId));
  protected readonly snapshot = computed(() => {
    const [person, family] = [this.chosenPerson(), this.familyView.value()];
    return person && family ? snapshotOf(person, family, this.household().length, this.form.value().travels) : null;
  });
  protected readonly consent = computed(() => {
    const { needArea, personId } = this.form.value();
    const institution = this.institution();
    return needArea && institution ? shareConsentFor(this.consents.value()?.items ?? [], personId, needArea, institution.kind) : undefined;
  });
  /** A child in danger does not wait for a form. */
  protected readonly urgent = computed(() => this.form.value().needArea === 'CHI' || this.form.value().ground !== 'consent');
  /** Consent is the rule; another ground is opened on purpose. */
  protected readonly otherGround = linkedSignal(() => this.form.value().ground !== 'consent');
  readonly #created = signal(false);

  constructor() {
    // A visit that was just saved hands over the person and the need; both can be changed.
    effect(() => {
      const [personId, need] = [this.person(), this.need()];
      untracked(() => this.form.patch({ ...(personId && { personId }), ...(needAreas.has(need) && { needArea: need }) }));
    });
  }

  protected choose(chosen: { institution: InstitutionView; service: ServiceView | null }): void {
    this.form.patch({ institutionId: chosen.institution.id, serviceId: chosen.service?.id ?? null });
  }

  protected travel(travels: readonly TravelField[]): void {
    this.form.patch({ travels: [...travels] });
  }

  protected async send(): Promise<void> {
    const sent = await this.form.submit(async (value) => {
      const { needArea } = value;
      if (!needArea) return undefined;
      // Written as a draft and then sent: when sending is refused the words are kept, and the same id is not written twice.
      if (!this.#created()) await this.#call(referralEndpoints.create, { input: { ...value, needArea, familyId: this.family() ?? '' } });
      this.#created.set(true);
      return this.#call(referralEndpoints.move, { params: { id: value.id }, input: { move: 'send' } });
    });
    if (!sent) return;
    await this.#snack.show(this.texts.text('referrals.done.send'));
    await this.#router.navigate(['/referrals', sent.id]);
  }
}
