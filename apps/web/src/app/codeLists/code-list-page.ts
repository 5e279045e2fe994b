import { ChangeDetectionStrategy, Component } from '@angular/core';

/** Not built yet. */
@Component({ selector: 'app-code-list-page', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class CodeListPage {}
