import { accessEndpoints, accountEndpoints, linkEndpoints } from '@tilts/domain';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { anInvitation, tokenOf } from '../testing/people.js';
import { endEverySession } from './end-every-session.js';

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.close());

it('signs everybody out at once, and leaves no link that works', async () => {
  const [mediator, evaluator] = [app.as.mediator('JELGAVA'), app.as.evaluator()];
  for (const somebody of [mediator, evaluator]) await somebody.call(accessEndpoints.me);
  const { link } = await app.as.coordinator().call(accountEndpoints.invite, { input: anInvitation() });

  expect(await endEverySession(app.owner)).toEqual({ sessions: 3, links: 1 });
  for (const somebody of [mediator, evaluator])
    expect(await somebody.refused(accessEndpoints.me)).toMatchObject({ code: 'SESSION_OVER' });
  const refused = await app.as
    .nobody()
    .send(linkEndpoints.use, { input: { token: tokenOf(link.url), password: TEST_PASSWORD } });
  expect(refused.status).toBe(404);
  expect(await endEverySession(app.owner)).toEqual({ sessions: 0, links: 0 });
});
