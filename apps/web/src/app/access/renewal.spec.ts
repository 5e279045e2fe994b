import type { SessionStarted } from '@tilts/domain';
import { renewSession } from './renewal';

/** The network, which is not ours: each answer is a response, or nothing when it got lost on the way. */
function network(...answers: (Response | null)[]): string[] {
  const attempts: string[] = [];
  global.fetch = async (_address, request) => {
    attempts.push((JSON.parse(String(request?.body)) as { attempt: string }).attempt);
    const answer = answers.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer;
  };
  return attempts;
}

const started = () => Response.json({ accessToken: 'fresh' } as SessionStarted);
const over = () => Response.json({ code: 'SESSION_OVER', fields: [], params: {}, requestId: '1' }, { status: 401 });

describe('Renewing a session', () => {
  beforeEach(() => localStorage.clear());

  it('sends a try whose answer was lost again under its own number, so that it is not taken for theft', async () => {
    const attempts = network(null, started());
    expect((await renewSession()).accessToken).toBe('fresh');
    expect(attempts).toHaveLength(2);
    expect(attempts[1]).toBe(attempts[0]);
  });

  it('remembers that number over a reload', async () => {
    const lost = network(null, null);
    await expect(renewSession()).rejects.toMatchObject({ code: 'OFFLINE' });
    const after = network(started());
    await renewSession();
    expect(after[0]).toBe(lost[0]);
  });

  it('takes a new number once the server answered, whatever it said', async () => {
    const refused = network(over());
    await expect(renewSession()).rejects.toMatchObject({ code: 'SESSION_OVER', status: 401 });
    const next = network(started());
    await renewSession();
    expect(next[0]).not.toBe(refused[0]);
  });
});
