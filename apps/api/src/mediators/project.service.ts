import { Injectable } from '@nestjs/common';
import {
  DomainError,
  NewProject,
  sameContent,
  type ProjectChange,
  type ProjectDetails,
  type ProjectView,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { unlessInUse } from '../database/still-in-use.js';
import { projectColumns } from './mediator.service.js';
import { Project } from './project.entity.js';

/** Later than any day on which somebody works. */
const FOR_EVER = '9999-12-31';

/** How a coordinator keeps projects. Every visit counts in the project of its day for good, so one with work is never deleted. */
@Injectable()
export class ProjectService {
  constructor(private readonly transaction: RequestTransaction) {}

  async create(project: NewProject): Promise<ProjectView> {
    const { id } = project;
    return createOnce(this.transaction, {
      id,
      find: () => this.find(id),
      same: (kept) => sameContent(NewProject, kept, project),
      create: async () => {
        await this.transaction.manager.insert(Project, { id, ...detailsOf(project), version: 1 });
      },
    });
  }

  /** A period that leaves recorded work outside is a slip of the pen more often than not: it must be meant. */
  async change(id: string, change: ProjectChange): Promise<ProjectView> {
    if (!(await this.find(id))) throw new DomainError('NOT_FOUND');
    const outside = await this.workOutside(id, change);
    if (outside > 0 && !change.workMayLieOutside) throw new DomainError('PROJECT_WORK_OUTSIDE', { count: outside });
    const { version } = change;
    const { affected } = await this.transaction.manager.update(
      Project,
      { id, version },
      { ...detailsOf(change), version: version + 1 },
    );
    const changed = affected === 1 && (await this.find(id));
    if (!changed) throw new DomainError('CHANGED_MEANWHILE');
    return changed;
  }

  async remove(id: string): Promise<void> {
    const { affected } = await unlessInUse(() => this.transaction.manager.delete(Project, { id }));
    if (affected !== 1) throw new DomainError('NOT_FOUND');
  }

  private async workOutside(id: string, { startsOn, endsOn }: ProjectDetails): Promise<number> {
    const [counted] = await this.transaction.query<{ count: number }>(
      'SELECT project_work_outside($1, $2, $3) AS count',
      [id, startsOn, endsOn ?? FOR_EVER],
    );
    return counted?.count ?? 0;
  }

  private async find(id: string): Promise<ProjectView | undefined> {
    const [project] = await this.transaction.query<ProjectView>(
      `SELECT ${projectColumns} FROM project p WHERE p.id = $1`,
      [id],
    );
    return project;
  }
}

function detailsOf(said: ProjectDetails): ProjectDetails {
  const { name, nameEn, grantNumber = null, startsOn, endsOn = null, funder = null, funderEn = null } = said;
  return { name, nameEn, grantNumber, startsOn, endsOn, funder, funderEn };
}
