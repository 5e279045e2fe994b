import { Text, endpoint, pageOf, Reference, Count, type Page } from '@tilts/domain';
import { endpointOf, servedTogether, Serves, ServesTogether, type Call } from './serves.decorator.js';

class NewHorse {
  @Text({ max: 10 })
  name: string;
}
class HorseView extends NewHorse {
  @Reference()
  id: string;
  @Count()
  legs: number;
}
class NewCart {
  @Count()
  wheels: number;
}

const change = endpoint({
  method: 'PUT',
  path: '/horses/{id}',
  permission: 'family:write',
  summary: '',
  input: NewHorse,
  output: HorseView,
});
const list = endpoint({
  method: 'GET',
  path: '/horses',
  permission: 'family:read',
  summary: '',
  output: pageOf(HorseView),
});
const remove = endpoint({
  method: 'DELETE',
  path: '/horses/{id}',
  permission: 'family:write',
  summary: '',
  output: null,
});

const horse: HorseView = { id: '', name: '', legs: 4 };
/* eslint-disable @typescript-eslint/no-explicit-any -- the point of this file is that any is refused */
declare const anything: any;

/** Every line under a @ts-expect-error must fail to compile; `nx typecheck` fails when one of them compiles. */
class Compiles {
  @Serves(change)
  async right({ input, params }: Call<NewHorse, '/horses/{id}'>): Promise<HorseView> {
    return { ...horse, name: input.name, id: params.id };
  }
  @Serves(change)
  async onlyWhatItNeeds({ params }: { params: { id: string } }): Promise<HorseView> {
    return { ...horse, id: params.id };
  }
  @Serves(list)
  async page(): Promise<Page<HorseView>> {
    return { items: [horse], next: null };
  }
  @Serves(remove)
  async nothing(): Promise<void> {
    return;
  }

  @ServesTogether(change)
  async several(calls: readonly { input: NewHorse }[]): Promise<HorseView[]> {
    return calls.map(({ input }) => ({ ...horse, name: input.name }));
  }

  // @ts-expect-error several: wrong input
  @ServesTogether(change)
  async severalWithWrongInput(calls: readonly { input: NewCart }[]): Promise<HorseView[]> {
    return calls.map(({ input }) => ({ ...horse, legs: input.wheels }));
  }
  // @ts-expect-error several: more than the input has
  @ServesTogether(change)
  async severalWithMoreInput(calls: readonly { input: NewHorse & NewCart }[]): Promise<HorseView[]> {
    return calls.map(({ input }) => ({ ...horse, legs: input.wheels }));
  }
  // @ts-expect-error several: wrong result
  @ServesTogether(change)
  async severalWithWrongResult(): Promise<NewCart[]> {
    return [{ wheels: 4 }];
  }
  // @ts-expect-error several: one result for all
  @ServesTogether(change)
  async oneForSeveral(): Promise<HorseView> {
    return horse;
  }
  // @ts-expect-error several: any call
  @ServesTogether(change)
  async severalAny(calls: readonly any[]): Promise<HorseView[]> {
    return calls as HorseView[];
  }
  // @ts-expect-error several: any result
  @ServesTogether(change)
  async severalForAny(): Promise<any> {
    return anything;
  }
  // @ts-expect-error several: any results
  @ServesTogether(change)
  async severalForAnyOnes(): Promise<any[]> {
    return [anything];
  }
  // @ts-expect-error wrong input
  @Serves(change)
  async wrongInput({ input }: { input: NewCart }): Promise<HorseView> {
    return { ...horse, legs: input.wheels };
  }
  // @ts-expect-error more than the input has
  @Serves(change)
  async moreInput({ input }: { input: NewHorse & NewCart }): Promise<HorseView> {
    return { ...horse, legs: input.wheels };
  }
  // @ts-expect-error wrong result
  @Serves(change)
  async wrongResult(): Promise<NewCart> {
    return { wheels: 4 };
  }
  // @ts-expect-error a field is missing
  @Serves(change)
  async missingField(): Promise<NewHorse> {
    return { name: '' };
  }
  // @ts-expect-error unknown path parameter
  @Serves(change)
  async unknownParameter({ params }: { params: { horseId: string } }): Promise<HorseView> {
    return { ...horse, id: params.horseId };
  }
  // @ts-expect-error not a promise
  @Serves(change)
  notAPromise(): HorseView {
    return horse;
  }
  // @ts-expect-error a list instead of a page
  @Serves(list)
  async listForPage(): Promise<HorseView[]> {
    return [horse];
  }
  // @ts-expect-error unknown result
  @Serves(change)
  async unknownResult(): Promise<unknown> {
    return horse;
  }
  // @ts-expect-error any result
  @Serves(change)
  async anyResult(): Promise<any> {
    return anything;
  }
  // @ts-expect-error any call
  @Serves(change)
  async anyCall(call: any): Promise<HorseView> {
    return call as HorseView;
  }
  // @ts-expect-error any input
  @Serves(change)
  async anyInput({ input }: { input: any }): Promise<HorseView> {
    return input as HorseView;
  }
  // @ts-expect-error any params
  @Serves(change)
  async anyParams({ params }: { params: any }): Promise<HorseView> {
    return params as HorseView;
  }
  // @ts-expect-error something where nothing is answered
  @Serves(remove)
  async somethingForNothing(): Promise<HorseView> {
    return horse;
  }
}

describe('@Serves', () => {
  it('remembers the endpoint of a handler', () => {
    const handler = Object.getOwnPropertyDescriptor(Compiles.prototype, 'right')?.value as object;
    expect(endpointOf(handler)).toBe(change);
    expect(servedTogether(handler)).toBeUndefined();
  });

  it('is no route for a method that serves several together', () => {
    const several = Object.getOwnPropertyDescriptor(Compiles.prototype, 'several')?.value as object;
    expect(servedTogether(several)).toBe(change);
    expect(endpointOf(several)).toBeUndefined();
    expect(Reflect.hasMetadata('path', several)).toBe(false);
  });
});
