import { Controller, Get, Module } from '@nestjs/common';
import { startTestApp } from '../test-app.js';
import { RouteWithoutPermission } from './closed-by-default.js';

@Controller()
class Careless {
  @Get('everything')
  everything(): string {
    return 'everything';
  }
}

@Module({ controllers: [Careless] })
class CarelessModule {}

describe('closed by default', () => {
  it('does not start with a route that has no permission, and names it', async () => {
    const start = startTestApp({ features: [CarelessModule] });
    await expect(start).rejects.toThrow(RouteWithoutPermission);
    await expect(start).rejects.toThrow('Careless.everything');
  });
});
