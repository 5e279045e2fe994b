import { inputBinding, signal, type Provider, type Type } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { loadCatalogue, type TextKey, type TextParams } from '@tilts/i18n';
import { Texts, provideTexts } from '@tilts/ui';
import { Bearer } from '../call';

/** What was asked of the network: `POST /api/accounts` and its body. */
export interface Asked {
  what: string;
  body: unknown;
}

/** What the network, which is not ours, answers: JSON, or a problem by its code. The first that fits, or a failure of the test. */
export type Answers = Record<string, (body: unknown) => unknown>;

export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly fields: { field: string; code: string }[] = [],
    readonly params: Record<string, string | number> = {},
  ) {}
}

export interface RenderedPage<T> {
  fixture: ComponentFixture<T>;
  page: HTMLElement;
  asked: Asked[];
  text(key: TextKey, params?: TextParams): string;
  /** The first element that fits; fails loudly when none does. */
  one<E extends HTMLElement = HTMLElement>(selector: string): E;
  /** The control with this label. */
  labelled<E extends HTMLElement = HTMLInputElement>(label: string): E;
  type(label: string, value: string): Promise<void>;
  press(words: string): Promise<void>;
  settle(): Promise<void>;
}

/** A page with its texts and a network that answers as told, met as a person meets it: by labels and words. */
export async function renderPage<T>(
  part: Type<T>,
  answers: Answers,
  {
    inputs = {},
    at = '/',
    providers = [],
  }: { inputs?: Record<string, unknown>; at?: string; providers?: readonly Provider[] } = {},
): Promise<RenderedPage<T>> {
  const asked = network(answers);
  TestBed.configureTestingModule({
    providers: [
      provideTexts((wanted) => loadCatalogue[wanted]()),
      // Any address will do: the page is drawn by itself, beside the router.
      provideRouter([{ path: '**', children: [] }]),
      { provide: Bearer, useValue: { token: () => 'token', renew: async () => false } },
      ...providers,
    ],
  });
  const texts = TestBed.inject(Texts);
  await texts.use('lv');
  await TestBed.inject(Router).navigateByUrl(at);
  const fixture = TestBed.createComponent(part, {
    bindings: Object.entries(inputs).map(([name, value]) => inputBinding(name, signal(value))),
  });
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  const settle = async () => {
    await fixture.whenStable();
    await new Promise((done) => setTimeout(done));
    await fixture.whenStable();
  };
  await settle();

  const one = <E extends HTMLElement>(selector: string): E => {
    const found = page.querySelector<E>(selector);
    if (!found) throw new Error(`Nothing fits ${selector}`);
    return found;
  };
  const labelled = <E extends HTMLElement>(label: string): E => {
    const found = [...page.querySelectorAll('label')].find((one) => one.textContent.trim().startsWith(label));
    const control = found?.htmlFor ? page.querySelector<E>(`#${found.htmlFor}`) : found?.querySelector<E>('input');
    if (!control) throw new Error(`No control is labelled ${label}`);
    return control;
  };
  return {
    fixture,
    page,
    asked,
    text: (key, params) => texts.text(key, params),
    one,
    labelled,
    async type(label, value) {
      const control = labelled<HTMLInputElement>(label);
      control.value = value;
      control.dispatchEvent(new Event('input'));
      await settle();
    },
    async press(words) {
      const button = [...page.querySelectorAll('button')].find((one) => one.textContent.trim() === words);
      if (!button) throw new Error(`No button says ${words}`);
      button.click();
      await settle();
    },
    settle,
  };
}

function network(answers: Answers): Asked[] {
  const asked: Asked[] = [];
  global.fetch = async (address, request) => {
    const what = `${request?.method ?? 'GET'} ${String(address).split('?')[0] ?? ''}`;
    const body = request?.body ? (JSON.parse(String(request.body)) as unknown) : null;
    asked.push({ what, body });
    const answer = answers[what];
    if (!answer) throw new Error(`Nobody said what ${what} answers`);
    const given = answer(body);
    if (given instanceof Refusal)
      return Response.json(
        { code: given.code, fields: given.fields, params: given.params, requestId: 'r-1' },
        { status: given.status },
      );
    return given === null ? new Response(null, { status: 204 }) : Response.json(given);
  };
  return asked;
}
