import { ChangeDetectionStrategy, Component } from '@angular/core';

/** Not built yet. */
@Component({ selector: 'app-code-list-index', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class CodeListIndex {}
