import { Module } from '@nestjs/common';
import { FamiliesModule } from '../families/families.module.js';
import { PersonService } from './person.service.js';
import { PersonsController } from './persons.controller.js';

@Module({
  imports: [FamiliesModule],
  controllers: [PersonsController],
  providers: [PersonService],
  exports: [PersonService],
})
export class PersonsModule {}
