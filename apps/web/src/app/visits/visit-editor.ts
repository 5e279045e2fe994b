import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { FamilyChooser } from './family-chooser';
import { VisitLog } from './visit-log';

/** „Log a visit”: of the family in the address, or first of all of which family. */
@Component({
  selector: 'app-visit-editor',
  imports: [FamilyChooser, VisitLog],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (id of family() ? [family()] : []; track id) {
      <app-visit-log [familyId]="id ?? ''" />
    } @empty {
      <app-family-chooser />
    }
  `,
})
export class VisitEditor {
  /** From the address: `/visits/new?family=…`. */
  readonly family = input<string>();
}
