import { Controller, Get, Res } from '@nestjs/common';
import { endpointsByFeature } from '@tilts/domain';
import type { FastifyReply } from 'fastify';
import { documentPage, documentStyles } from './document-page.js';
import { healthEndpoints } from './health.endpoints.js';
import { openApiDocument } from './openapi.js';
import { OpenToAll } from './serves.decorator.js';

/** Everything that the API serves, by feature. */
const features = { ...endpointsByFeature, health: healthEndpoints };

/** What the API can do, for programs and for people. */
@Controller()
export class DocumentController {
  private readonly document = openApiDocument(features);
  private readonly page = documentPage(features);

  @Get('openapi.json')
  @OpenToAll('the source code says the same to everybody')
  openApi(): object {
    return this.document;
  }

  @Get('docs')
  @OpenToAll('the source code says the same to everybody')
  docs(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('text/html; charset=utf-8');
    return this.page;
  }

  @Get('docs.css')
  @OpenToAll('the style of that page')
  styles(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.type('text/css; charset=utf-8');
    return documentStyles;
  }
}
