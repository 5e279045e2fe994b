import { ChangeDetectionStrategy, Component, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router } from '@angular/router';
import { Button, Notice, Snack, TextPipe, Texts, formsInWork } from '@tilts/ui';
import { AppUpdate } from './app-update';

/** Says quietly, never in the middle of a form, that a newer build is here. Loaded after the first page stands. */
@Component({
  selector: 'app-update-notice',
  imports: [Button, Notice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (shown()) {
      <tl-notice [live]="true">
        <p>{{ 'shell.newBuild.text' | text }}</p>
        <button type="button" tlButton="secondary" small (click)="open()">{{ 'shell.newBuild.open' | text }}</button>
      </tl-notice>
    }
  `,
  styles: `
    tl-notice {
      max-inline-size: 720px;
      margin: max(16px, min(64px, var(--tl-corner, 0px))) 16px 0;
    }
    p {
      margin: 0 0 8px;
    }
    @media (min-width: 752px) {
      tl-notice {
        margin-inline: auto;
      }
    }
    @media print {
      :host {
        display: none;
      }
    }
  `,
})
export class AppUpdateNotice {
  readonly #update = inject(AppUpdate);
  readonly #texts = inject(Texts);
  readonly #snack = inject(Snack);
  protected readonly shown = signal(false);

  constructor() {
    const decide = (): void => this.shown.set(this.#update.ready() && !formsInWork());
    effect(decide);
    inject(Router)
      .events.pipe(takeUntilDestroyed())
      .subscribe((event) => event instanceof NavigationEnd && decide());
    void this.#update.start();
  }

  protected async open(): Promise<void> {
    if (!(await this.#update.open())) await this.#snack.show(this.#texts.text('shell.newBuild.saveFirst'));
  }
}
