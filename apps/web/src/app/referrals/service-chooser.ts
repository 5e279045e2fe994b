import { ChangeDetectionStrategy, Component, computed, input, output, signal } from '@angular/core';
import type { InstitutionView, NeedArea, ServiceView } from '@tilts/domain';
import { Button, DayPipe, EmptyState, Icon, TextPipe } from '@tilts/ui';

interface Offer {
  key: string;
  institution: InstitutionView;
  service: ServiceView;
}

const shownFirst = 4;

/** Who can help with this need: in the own municipality first, then in the whole country; with papers to bring and days to answer. */
@Component({
  selector: 'app-service-chooser',
  imports: [Button, DayPipe, EmptyState, Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset>
      <legend class="tl-away">{{ 'referrals.editor.toWhom' | text }}</legend>
      @for (offer of shown(); track offer.key) {
        <label [class.on]="offer.key === chosenKey()">
          <input
            type="radio"
            name="service"
            [value]="offer.key"
            [checked]="offer.key === chosenKey()"
            (change)="chosen.emit(offer)"
          />
          <span class="words">
            <b>{{ offer.institution.name }}</b>
            <span>{{ offer.service.name }}</span>
            <span class="tl-muted tl-small"
              >{{ 'referrals.editor.answers' | text: { days: offer.institution.answerDays } }}
              @if (!offer.institution.hasUsers) {
                · {{ 'directory.page.byLetter' | text }}
              }
            </span>
            @if (offer.institution.hours) {
              <span class="tl-muted tl-small">{{ offer.institution.hours }}</span>
            }
            @if (offer.service.requiredDocuments) {
              <span class="tl-muted tl-small">{{
                'directory.page.papers' | text: { papers: offer.service.requiredDocuments }
              }}</span>
            }
            @if (offer.institution.confirmedOn; as day) {
              <span class="tl-muted tl-small">{{ 'directory.page.confirmed' | text: { day: (day | day) } }}</span>
            }
          </span>
          @if (offer.key === chosenKey()) {
            <tl-icon name="check" />
          }
        </label>
      } @empty {
        <tl-empty
          icon="institution"
          [heading]="'referrals.editor.noService' | text"
          [text]="'referrals.editor.noServiceText' | text"
        />
      }
    </fieldset>
    @if (offers().length > shown().length) {
      <button type="button" tlButton="secondary" small (click)="all.set(true)">
        {{ 'referrals.editor.moreServices' | text: { count: offers().length - shown().length } }}
      </button>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      justify-items: start;
      grid-template-columns: minmax(0, 1fr);
    }
    fieldset {
      border: 0;
      margin: 0;
      padding: 0;
      display: grid;
      gap: 10px;
      inline-size: 100%;
      min-inline-size: 0;
    }
    label {
      position: relative;
      display: flex;
      gap: 12px;
      justify-content: space-between;
      align-items: center;
      padding: 12px 16px;
      border: 1.5px solid var(--tl-edge-soft);
      border-radius: 14px;
      background: var(--tl-card);
      cursor: pointer;
    }
    label.on {
      border-color: var(--tl-accent);
      background: var(--tl-accent-soft);
    }
    label:has(input:focus-visible) {
      outline: 3px solid var(--tl-accent);
      outline-offset: 2px;
    }
    input {
      position: absolute;
      inset: 0;
      opacity: 0;
      margin: 0;
      inline-size: 100%;
      block-size: 100%;
      cursor: pointer;
    }
    .words {
      display: grid;
      gap: 1px;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    tl-icon {
      color: var(--tl-accent);
    }
  `,
})
export class ServiceChooser {
  readonly institutions = input.required<readonly InstitutionView[]>();
  readonly municipalityId = input.required<string>();
  readonly needArea = input.required<NeedArea>();
  readonly serviceId = input.required<string | null>();
  readonly chosen = output<Offer>();
  protected readonly all = signal(false);

  protected readonly offers = computed<Offer[]>(() =>
    this.institutions()
      .filter(
        (institution) => institution.municipalityId === null || institution.municipalityId === this.municipalityId(),
      )
      .flatMap((institution) =>
        institution.services
          .filter((service) => service.status === 'active' && service.needAreas.includes(this.needArea()))
          .map((service) => ({ key: service.id, institution, service })),
      )
      .sort(
        (a, b) =>
          Number(a.institution.municipalityId === null) - Number(b.institution.municipalityId === null) ||
          Number(b.institution.hasUsers) - Number(a.institution.hasUsers) ||
          a.institution.name.localeCompare(b.institution.name, 'lv'),
      ),
  );
  protected readonly chosenKey = computed(() => this.serviceId());
  protected readonly shown = computed(() => {
    const offers = this.offers();
    return this.all() ? offers : offers.filter((offer, i) => i < shownFirst || offer.key === this.chosenKey());
  });
}
