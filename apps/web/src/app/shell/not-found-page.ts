import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, EmptyState, PageFrame, TextPipe } from '@tilts/ui';

/** An address that leads nowhere; it looks the same whether the thing is missing or somebody else's. */
@Component({
  selector: 'app-not-found-page',
  imports: [Button, EmptyState, PageFrame, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page [heading]="'shell.notFound.title' | text">
      <tl-empty [heading]="'shell.notFound.text' | text"
        ><a tlButton routerLink="/">{{ 'shell.notFound.home' | text }}</a></tl-empty
      >
    </tl-page>
  `,
})
export class NotFoundPage {}
