import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accessEndpoints, familyEndpoints, newId } from '@tilts/domain';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { Traces } from './traces.js';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number };
}
interface Span {
  name: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Attribute[];
  events: unknown[];
  status: { code: number };
}

/** A small OpenTelemetry collector: takes what comes over HTTP, as it came. */
class Collector {
  readonly bodies: string[] = [];
  readonly paths = new Set<string>();
  readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.paths.add(request.url ?? '');
      this.bodies.push(Buffer.concat(parts).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get spans(): Span[] {
    return this.bodies.flatMap((body) => {
      const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
    });
  }
}

let app: TestApp;
const collector = new Collector();
let address: string;
beforeAll(async () => {
  app = await startTestApp();
  address = await collector.open();
});
afterAll(async () => {
  await app.close();
  collector.server.closeAllConnections();
  collector.server.close();
});

describe('traces', () => {
  it('tell of templates, methods and statuses, and of nobody', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const who = await mediator.id();
    const traces = new Traces(address);
    const family = newId();
    await mediator.call(familyEndpoints.list);
    await mediator.refused(familyEndpoints.read, { params: { id: family } });
    await app.as
      .nobody()
      .refused(accessEndpoints.signIn, { input: { email: 'lasma.ozola@tilts.test', password: 'x' } });
    await fetch(`${app.address}/api/families?q=Ozola`, {
      headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'user-agent': 'Ozola' },
    });
    await traces.end();

    expect([...collector.paths]).toEqual(['/v1/traces']);
    const { spans } = collector;
    expect(spans.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['GET /api/families', 'GET /api/families/:id', 'POST /api/sessions', 'transaction read']),
    );
    const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    expect([...keys].sort()).toEqual(['http.request.method', 'http.response.status_code', 'http.route']);
    expect(spans.flatMap(({ events }) => events)).toEqual([]);

    const missing = spans.find(({ name }) => name === 'GET /api/families/:id');
    const transaction = spans.find(({ parentSpanId }) => parentSpanId === missing?.spanId);
    // Refused, so its transaction was rolled back.
    expect(transaction).toMatchObject({ name: 'transaction read', status: { code: 2 } });

    const text = collector.bodies.join('');
    const planted = [family, who, 'zola', 'tilts.test', TEST_PASSWORD, '127.0.0.1', '0af7651916cd43dd8448eb211c80319c'];
    for (const secret of planted) expect(text).not.toContain(secret);
  });

  it('end with their listening, and a collector that is away keeps nobody from stopping', async () => {
    const traces = new Traces('http://127.0.0.1:9');
    await app.as.mediator('JELGAVA').call(familyEndpoints.list);
    await traces.end();
    const before = collector.bodies.length;
    await app.as.mediator('JELGAVA').call(familyEndpoints.list);
    expect(collector.bodies.length).toBe(before);
  });
});
