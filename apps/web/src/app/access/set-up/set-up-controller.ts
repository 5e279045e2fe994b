import { ChangeDetectionStrategy, Component, effect, inject, input, output, signal, untracked } from '@angular/core';
import { ControllerName, checkInput, installationEndpoints, type InstallationView } from '@tilts/domain';
import { Button, Card, Snack, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import { ProblemNotice } from '../../platform/problem';

/** Who answers for the data (GDPR Art. 4(7)): the name that each family hears in the notice, and how it is changed. */
@Component({
  selector: 'app-set-up-controller',
  imports: [Button, Card, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card [heading]="'access.setUp.controllerTitle' | text">
      @if (typing()) {
        <form class="tl-stack" novalidate (submit)="save(); $event.preventDefault()">
          <tl-text
            autocomplete="organization"
            [field]="form.field('name')"
            [label]="'access.field.controllerName' | text"
            [hint]="'access.setUp.controllerHint' | text"
            labelHidden
            required
          />
          <app-problem [of]="form.failure()" />
          <div class="tl-row">
            <button tlButton type="submit" [busy]="form.sending()">{{ 'access.editor.save' | text }}</button>
            @if (installation().controllerName) {
              <button type="button" tlButton="quiet" (click)="typing.set(false)">{{ 'ui.cancel' | text }}</button>
            }
          </div>
        </form>
      } @else {
        <div class="tl-row">
          <b>{{ installation().controllerName }}</b>
          @if (!installation().controllerNamedByServer) {
            <button type="button" tlButton="secondary" small icon="edit" (click)="open()">
              {{ 'access.setUp.controllerChange' | text }}
            </button>
          }
        </div>
        @if (installation().controllerNamedByServer) {
          <p class="tl-muted tl-small">{{ 'access.setUp.controllerByServer' | text }}</p>
        }
      }
    </tl-card>
  `,
})
export class SetUpController {
  readonly installation = input.required<InstallationView>();
  readonly changed = output();

  readonly #call = inject(CALL);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly typing = signal(false);
  protected readonly form = formFor({ name: '' }, (value) => checkInput(ControllerName, value).problems);

  constructor() {
    // Nobody named it yet: then it is asked for.
    effect(() => {
      const { controllerName, controllerNamedByServer } = this.installation();
      if (controllerName === null && !controllerNamedByServer) untracked(() => this.open());
    });
  }

  protected open(): void {
    this.form.reset({ name: this.installation().controllerName ?? '' });
    this.typing.set(true);
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit((input) => this.#call(installationEndpoints.nameController, { input }));
    if (!saved) return;
    this.typing.set(false);
    this.changed.emit();
    await this.#snack.show(this.#texts.text('access.setUp.controllerSaved'));
  }
}
