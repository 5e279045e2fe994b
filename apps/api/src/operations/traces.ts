import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import {
  requestAnswered,
  requestBegun,
  transactionRun,
  type RequestAnswered,
  type RequestBegun,
  type TransactionTold,
} from '../platform/telemetry.js';

/** For a collector that does not answer; a stop waits as long. Milliseconds. */
const PATIENCE = 3_000;

/**
 * Spans of requests and of their transactions, sent to an OpenTelemetry collector. An attribute is a route template, a method or a
 * status; a caller's `traceparent` is not taken, so nobody outside can tie a person to a trace. Loaded only when asked for.
 */
export class Traces {
  private readonly provider: NodeTracerProvider;
  private readonly tracer: Tracer;
  private readonly requests = new Map<string, Span>();
  private readonly transactions = new WeakMap<TransactionTold, Span>();

  constructor(collector: string) {
    this.provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'tilts' }),
      spanProcessors: [
        new BatchSpanProcessor(new OTLPTraceExporter({ url: `${collector}/v1/traces`, timeoutMillis: PATIENCE })),
      ],
    });
    this.tracer = this.provider.getTracer('tilts');
    requestBegun.subscribe(this.begun);
    requestAnswered.subscribe(this.answered);
    transactionRun.subscribe(this.transaction);
  }

  /** Sends what is left. A collector that is away keeps nobody from stopping. */
  async end(): Promise<void> {
    requestBegun.unsubscribe(this.begun);
    requestAnswered.unsubscribe(this.answered);
    transactionRun.unsubscribe(this.transaction);
    await this.provider.shutdown().catch(() => undefined);
  }

  private readonly begun = (message: unknown): void => {
    const { id, method } = message as RequestBegun;
    const attributes = { 'http.request.method': method };
    this.requests.set(id, this.tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, ROOT_CONTEXT));
  };

  private readonly answered = (message: unknown): void => {
    const { id, method, route, status } = message as RequestAnswered;
    const span = this.requests.get(id);
    this.requests.delete(id);
    span
      ?.updateName(`${method} ${route}`)
      .setAttributes({ 'http.route': route, 'http.response.status_code': status })
      .setStatus({ code: status >= 500 ? SpanStatusCode.ERROR : SpanStatusCode.UNSET })
      .end();
  };

  /** An error itself is never recorded: its message may quote what a person typed. */
  private readonly transaction = {
    start: (told: TransactionTold): void => {
      const request = told.requestId === undefined ? undefined : this.requests.get(told.requestId);
      const parent = request ? trace.setSpan(ROOT_CONTEXT, request) : ROOT_CONTEXT;
      this.transactions.set(told, this.tracer.startSpan(`transaction ${told.kind}`, { kind: SpanKind.CLIENT }, parent));
    },
    end: (): void => undefined,
    error: (told: TransactionTold): void => {
      this.transactions.get(told)?.setStatus({ code: SpanStatusCode.ERROR });
    },
    asyncStart: (told: TransactionTold): void => {
      this.transactions.get(told)?.end();
    },
    asyncEnd: (): void => undefined,
  };
}
