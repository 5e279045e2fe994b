import type { Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { accessEndpoints, noticeEndpoints, reportEndpoints } from '@tilts/domain';
import { Assurance, Bearer, CALL } from './call';

interface Asked {
  address: string;
  method: string;
  token: string | null;
  body: unknown;
}

/** The network, which is not ours, and what was asked of it. */
function network(...answers: Response[]): Asked[] {
  const asked: Asked[] = [];
  global.fetch = async (address, request) => {
    const headers = new Headers(request?.headers);
    const body = request?.body ? (JSON.parse(String(request.body)) as unknown) : undefined;
    asked.push({ address: String(address), method: request?.method ?? '', token: headers.get('authorization'), body });
    return answers.shift() ?? Promise.reject(new TypeError('Failed to fetch'));
  };
  return asked;
}

const problem = (status: number, code: string) =>
  Response.json({ code, fields: [{ field: 'language', code: 'required' }], params: {}, requestId: 'r-1' }, { status });

function caller(proves: boolean | null = null) {
  let token = 'old';
  const renew = async () => {
    token = 'new';
    return true;
  };
  const providers: Provider[] = [{ provide: Bearer, useValue: { token: () => token, renew } }];
  if (proves !== null) {
    const needSecondFactor = async () => void said.push('led to the second factor');
    const proveAnew = async () => {
      said.push('asked');
      return proves;
    };
    providers.push({ provide: Assurance, useValue: { proveAnew, needSecondFactor } });
  }
  TestBed.configureTestingModule({ providers });
  return TestBed.inject(CALL);
}

/** What the person was asked, or where they were led. */
const said: string[] = [];

describe('A call', () => {
  beforeEach(() => said.splice(0));

  it('puts parameters into the path, a query into the address and leaves out what is empty', async () => {
    const asked = network(Response.json({ items: [], next: null }), new Response(null, { status: 204 }));
    const call = caller();
    await call(noticeEndpoints.list, { input: { unread: true, limit: 20, after: null } });
    await call(noticeEndpoints.markRead, { params: { id: 'a/b' } });
    expect(asked.map(({ method, address }) => `${method} ${address}`)).toEqual([
      'GET /api/notices?unread=true&limit=20',
      'POST /api/notices/a%2Fb/read',
    ]);
  });

  it('hands out a file as it came: a table as text, a workbook as bytes', async () => {
    const bytes = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0xff]);
    network(new Response('Rinda,Vērtība'), new Response(bytes));
    const call = caller();
    const input = { project: 'p', from: '2017-10', to: '2018-05' };
    expect(await call(reportEndpoints.outcomesCsv, { input })).toBe('Rinda,Vērtība');
    expect([...(await call(reportEndpoints.outcomesXlsx, { input }))]).toEqual([...bytes]);
  });

  it('renews an expired token once and asks again', async () => {
    const asked = network(problem(401, 'SESSION_OVER'), Response.json({ language: 'en' }));
    await caller()(accessEndpoints.changeMe, { input: { language: 'en' } });
    expect(asked.map(({ token }) => token)).toEqual(['Bearer old', 'Bearer new']);
    expect(asked[1]?.body).toEqual({ language: 'en' });
  });

  it('asks the person once whether it is still them, and is made again', async () => {
    const asked = network(
      problem(401, 'SESSION_OVER'),
      problem(403, 'STEP_UP_NEEDED'),
      new Response(null, { status: 204 }),
    );
    await caller(true)(accessEndpoints.endSession, { params: { id: '1' } });
    expect([asked.length, said]).toEqual([3, ['asked']]);
    // A server that is never content is not asked for ever.
    network(problem(403, 'STEP_UP_NEEDED'), problem(403, 'STEP_UP_NEEDED'));
    await expect(TestBed.inject(CALL)(accessEndpoints.me)).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' });
  });

  it('is left when the person would rather not', async () => {
    const asked = network(problem(403, 'STEP_UP_NEEDED'));
    await expect(caller(false)(accessEndpoints.me)).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' });
    expect(asked).toHaveLength(1);
  });

  it('leads to the second factor where one is needed', async () => {
    network(problem(403, 'SECOND_FACTOR_NEEDED'));
    await expect(caller(true)(accessEndpoints.me)).rejects.toMatchObject({ code: 'SECOND_FACTOR_NEEDED' });
    expect(said).toEqual(['led to the second factor']);
  });

  it('fails with the codes of the server', async () => {
    network(problem(422, 'INVALID_INPUT'));
    await expect(caller()(accessEndpoints.me)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      status: 422,
      requestId: 'r-1',
      fields: [{ field: 'language', code: 'required' }],
    });
  });

  it('knows a missing network and a page that is no answer of ours', async () => {
    network();
    await expect(caller()(accessEndpoints.me)).rejects.toMatchObject({ code: 'OFFLINE' });
    network(new Response('<html>', { status: 502 }));
    await expect(TestBed.inject(CALL)(accessEndpoints.me)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
