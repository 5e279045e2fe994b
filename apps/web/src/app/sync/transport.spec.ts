import { steadily } from './transport';

/** The browser's request, which is not ours: a line that moves only when a test says so. */
class SlowLine extends EventTarget {
  static last: SlowLine;
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  status = 0;
  responseText = '';
  isAborted = false;
  constructor() {
    super();
    SlowLine.last = this;
  }
  open(): void {
    return;
  }
  send(): void {
    return;
  }
  getResponseHeader(name: string): string | null {
    return name === 'date' ? 'Mon, 23 Nov 2026 10:00:00 GMT' : null;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  abort(): void {
    this.isAborted = true;
    this.dispatchEvent(new Event('abort'));
  }
}

const request = { method: 'POST', address: '/api/sync/commands', headers: { accept: 'x' }, body: 'words' };
const seconds = (count: number): void => void jest.advanceTimersByTime(count * 1_000);

describe('A request over a bad line', () => {
  const { XMLHttpRequest } = globalThis;
  beforeEach(() => {
    jest.useFakeTimers();
    globalThis.XMLHttpRequest = SlowLine as unknown as typeof XMLHttpRequest;
  });
  afterEach(() => {
    jest.useRealTimers();
    globalThis.XMLHttpRequest = XMLHttpRequest;
  });

  it('is given up when nothing moves for twenty seconds', async () => {
    const answer = steadily(request);
    seconds(19);
    expect(SlowLine.last.isAborted).toBe(false);
    seconds(1);
    expect(SlowLine.last.isAborted).toBe(true);
    await expect(answer).rejects.toMatchObject({ code: 'OFFLINE' });
  });

  it('may take minutes for as long as something moves, in either direction', async () => {
    const answer = steadily(request);
    for (let i = 0; i < 20; i += 1) {
      seconds(15);
      (i < 10 ? SlowLine.last.upload : SlowLine.last).dispatchEvent(new ProgressEvent('progress', { loaded: i }));
    }
    expect(SlowLine.last.isAborted).toBe(false);
    Object.assign(SlowLine.last, { status: 200, responseText: '{}' });
    SlowLine.last.dispatchEvent(new Event('load'));
    expect(await answer).toEqual({ status: 200, text: '{}', date: 'Mon, 23 Nov 2026 10:00:00 GMT' });
    seconds(30);
    expect(SlowLine.last.isAborted).toBe(false);
  });

  it('says how much was sent when it breaks', async () => {
    const answer = steadily(request);
    SlowLine.last.upload.dispatchEvent(new ProgressEvent('progress', { loaded: 3 }));
    SlowLine.last.dispatchEvent(new Event('error'));
    await expect(answer).rejects.toMatchObject({ code: 'OFFLINE', params: { sent: 3 } });
  });

  it('says that there is no network when it breaks', async () => {
    const answer = steadily(request);
    SlowLine.last.dispatchEvent(new Event('error'));
    await expect(answer).rejects.toMatchObject({ code: 'OFFLINE', status: 0 });
  });
});
