import { ChangeDetectionStrategy, Component } from '@angular/core';

/** Not built yet. */
@Component({ selector: 'app-working-days-page', changeDetection: ChangeDetectionStrategy.OnPush, template: '' })
export class WorkingDaysPage {}
