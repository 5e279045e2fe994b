import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { NewProject, checkInput, mediatorEndpoints, newId } from '@tilts/domain';
import { Button, Card, DateField, Notice, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { readWhole } from '../../platform/read-pages';

/** The third step: the project for which the mediators work; the report bears its name. */
@Component({
  selector: 'app-set-up-project',
  imports: [Awaiting, Button, Card, DateField, Notice, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './set-up-project.html',
  styles: `
    :host {
      display: grid;
      gap: 20px;
      grid-template-columns: minmax(0, 1fr);
    }
    form {
      margin-block-start: 4px;
    }
    .days {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    @media (min-width: 600px) {
      .days {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class SetUpProject {
  readonly done = input.required<boolean>();
  readonly entered = output();

  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  protected readonly projects = readWhole(mediatorEndpoints.projects, () => ({}));
  protected readonly names = computed(() =>
    (this.projects.value() ?? [])
      .map(({ name, nameEn }) => (this.#texts.language() === 'en' ? nameEn : name))
      .join(', '),
  );
  /** Open while there is none: then this is what the step is for. */
  protected readonly typing = linkedSignal(() => !this.done());
  protected readonly form = formFor<Fields<NewProject>>(blank(), (value) => checkInput(NewProject, value).problems);

  protected async save(): Promise<void> {
    const saved = await this.form.submit((input) => this.#call(mediatorEndpoints.createProject, { input }));
    if (!saved) return;
    this.form.reset(blank());
    this.typing.set(false);
    this.projects.reload();
    this.entered.emit();
  }
}

function blank(): Fields<NewProject> {
  return {
    id: newId(),
    name: '',
    nameEn: '',
    grantNumber: null,
    startsOn: '',
    endsOn: null,
    funder: null,
    funderEn: null,
  };
}
