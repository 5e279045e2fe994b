import { DefaultNamingStrategy, type Table } from 'typeorm';

/** `FamilyMediator` → `family_mediator`. */
const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

export const columnNameOf = (property: string): string => snake(property);

/** Names that a person reads in an error or a plan: `visit_municipality_id_family_id_fkey` rather than `FK_4a2f…`. */
export class TableNames extends DefaultNamingStrategy {
  override tableName(className: string, given: string | undefined): string {
    return given ?? snake(className);
  }

  override columnName(property: string, given: string | undefined): string {
    return given ?? snake(property);
  }

  override primaryKeyName(table: Table | string): string {
    return this.named(table, [], 'pkey');
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'key');
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'fkey');
  }

  override indexName(table: Table | string, columns: string[]): string {
    return this.named(table, columns, 'idx');
  }

  private named(table: Table | string, columns: string[], ending: string): string {
    const name = [this.getTableName(table as Table), ...columns.filter((c) => c !== 'municipality_id'), ending].join(
      '_',
    );
    if (name.length > 63) throw new Error(`${name} is longer than PostgreSQL keeps; give it a name of its own`);
    return name;
  }
}
