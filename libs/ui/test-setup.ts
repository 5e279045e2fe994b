import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';
import 'reflect-metadata';

setupZonelessTestEnv();
