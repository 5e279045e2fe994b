import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import { Handed } from '../platform/handed';
import type { Unsent } from './phone';

/** Where the form of an operation is opened, with what was written in it. */
const forms: Record<string, (unsent: Unsent) => { path: unknown[]; params?: Record<string, string> } | null> = {
  'POST /visits': ({ input }) => ({ path: ['/visits/new'], params: { family: String(input['familyId']) } }),
  'POST /visits/{id}/corrections': ({ params }) => ({ path: ['/visits', params['id'], 'correct'] }),
  'POST /families': () => ({ path: ['/families/new'] }),
  'PUT /families/{id}': ({ params }) => ({ path: ['/families', params['id'], 'edit'] }),
  'POST /persons': ({ input }) => ({ path: ['/families', input['familyId'], 'persons', 'new'] }),
  'PUT /persons/{id}': ({ params }) => ({ path: ['/persons', params['id'], 'edit'] }),
  'POST /referrals': ({ input }) => ({ path: ['/referrals/new'], params: { family: String(input['familyId']) } }),
};

/** Leads what was refused back to the form that wrote it. Saved there under the same id, it takes the place of the refused one. */
@Injectable({ providedIn: 'root' })
export class Correcting {
  readonly #router = inject(Router);
  readonly #handed = inject(Handed);

  hasForm(unsent: Unsent): boolean {
    return unsent.operation in forms;
  }

  async open(unsent: Unsent): Promise<void> {
    const form = forms[unsent.operation]?.(unsent);
    if (!form) return;
    this.#handed.hand(unsent.operation, unsent.input);
    await this.#router.navigate(form.path, { queryParams: form.params });
  }
}
