import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Metrics, type Measured } from './metrics.js';

/** Two processes on one machine read the same settings, and with them the same port of the figures. */
export class FiguresPortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} for the figures is taken by another program: give this process a METRICS_PORT of its own.`);
  }
}

/** Tells the figures to whoever scrapes them, on a port of its own: the public one never serves them. */
export class MetricsServer {
  private constructor(
    private readonly metrics: Metrics,
    private readonly server: Server,
  ) {}

  static async open(at: { host: string; port: number }, measured: Measured): Promise<MetricsServer> {
    const metrics = new Metrics(measured);
    const server = createServer((request, response) => {
      if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end();
      metrics.registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text),
        () => response.writeHead(503).end(),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at.port, at.host, resolve);
    }).catch((error: NodeJS.ErrnoException) => {
      metrics.end();
      throw error.code === 'EADDRINUSE' ? new FiguresPortTaken(at.port) : error;
    });
    return new MetricsServer(metrics, server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.metrics.end();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
