import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { csv, isFile, mediaTypes, type Endpoint } from '@tilts/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { RequestTransaction } from '../database/request-transaction.js';
import { receive } from '../platform/received-input.js';
import { endpointOf, setCall } from '../platform/serves.decorator.js';
import { isWrite, Serving, shown, type AnyCall } from './serving.js';
import { callerOf } from './token.strategy.js';

/** The life of a request between guard and answer: check the input, open the transaction, serve, audit, project, commit. */
@Injectable()
export class ServingInterceptor implements NestInterceptor {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly serving: Serving,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<object | undefined>): Observable<unknown> {
    const endpoint = endpointOf(context.getHandler());
    if (!endpoint) return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const answered = this.answer(endpoint, request, () => lastValueFrom(next.handle()));
    return from(
      answered.then((output) => (isFile(endpoint.output) ? file(endpoint, output, http.getResponse()) : output)),
    );
  }

  private async answer(
    endpoint: Endpoint,
    request: FastifyRequest,
    handle: () => Promise<object | undefined>,
  ): Promise<unknown> {
    const call = receive(endpoint, request);
    setCall(request, call);
    // Nobody's transaction: what they do opens its own, or several.
    if (endpoint.permission === 'public' || endpoint.apart)
      return shown(endpoint, undefined, await handle(), new Set());
    return this.serving.run(callerOf(request), request.id, !isWrite(endpoint), () =>
      this.serve(endpoint, call, request.id, handle),
    );
  }

  /** One audit row for each operation, in its transaction: when it cannot be written, nothing is answered. */
  private async serve(
    endpoint: Endpoint,
    call: AnyCall,
    requestId: string,
    handle: () => Promise<object | undefined>,
  ): Promise<unknown> {
    const { output, audit } = await this.serving.serve(endpoint, call, handle);
    const row = audit.write ? 'audit_write' : 'audit_read';
    this.transaction.finally(`SELECT ${row}($1, $2, $3)`, [requestId, audit.operation, audit.subjects]);
    return output;
  }
}

function file({ output }: Endpoint, content: unknown, reply: FastifyReply): unknown {
  if (!isFile(output)) return content;
  // Downloads must not tell what they hold by their name.
  void reply
    .header('content-type', mediaTypes[output])
    .header('content-disposition', `attachment; filename="report.${output}"`);
  // The mark in front makes Excel read ā and š.
  return output === csv ? `\uFEFF${String(content)}` : content;
}
