/** Why a file cannot be read; its text is `imports.file.<code>`. */
export type FileProblemCode = 'tooBig' | 'oldExcel' | 'macros' | 'tooMuchInside' | 'notATable' | 'unreadable' | 'empty';

export class FileProblem extends Error {
  constructor(readonly code: FileProblemCode) {
    super(code);
    this.name = 'FileProblem';
  }
}
