import { TestBed } from '@angular/core/testing';
import { accessEndpoints, noticeEndpoints } from '@tilts/domain';
import { Bearer, CALL } from './call';

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

function caller() {
  let token = 'old';
  const renew = async () => {
    token = 'new';
    return true;
  };
  TestBed.configureTestingModule({ providers: [{ provide: Bearer, useValue: { token: () => token, renew } }] });
  return TestBed.inject(CALL);
}

describe('A call', () => {
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

  it('renews an expired token once and asks again', async () => {
    const asked = network(problem(401, 'SESSION_OVER'), Response.json({ language: 'en' }));
    await caller()(accessEndpoints.changeMe, { input: { language: 'en' } });
    expect(asked.map(({ token }) => token)).toEqual(['Bearer old', 'Bearer new']);
    expect(asked[1]?.body).toEqual({ language: 'en' });
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
