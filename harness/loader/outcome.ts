// What came of a scenario, in words that an expectation, the model and the runner share. One word (a text) for each call
// that says something, in the order of the calls; calls that give nothing but success say nothing.
//
// LoadLibrary, LoadLibraryEx   `app`             the DLL with the variant `app`, found where it was placed
//                              `p > app`         it is `p`, and the DLL that it imports (or loads in DllMain) is `app`
//                              `p > ERROR_MOD_NOT_FOUND`  its DllMain could not load what it names
//                              `app @ dir1`      the code is `app`, and the loader says that it lies in dir1
//                              `foreign @ app`   a DLL that is not the scenario's, and where the loader says it lies
//                              `data app`, `image app`   loaded as a data file, as an image resource
//                              `unresolved p`    DONT_RESOLVE_DLL_REFERENCES: mapped, nothing of it can be called
//                              `ERROR_MOD_NOT_FOUND`     the last error, by name
// GetModuleHandle              `handle app`, `handle foreign @ system32`, `handle ERROR_MOD_NOT_FOUND`
// GetProcAddress               `call app`, `call ERROR_PROC_NOT_FOUND`
// CallImport, CallDelayed      `call app`, `call ERROR_PROC_NOT_FOUND` (no such import), or the end of the process
// SearchPath                   `found app\sub\x.dll` (folder and path), `found ERROR_FILE_NOT_FOUND`
// same                         `same`, `different`; `different` too where one of the two is no module
// any other, when it fails     its name and the error: `AddDllDirectory ERROR_INVALID_PARAMETER`
// before the first call        `imports app`     what the program imports at load time (words of LoadLibrary)
// instead of all others        `start ERROR_SXS_CANT_GEN_ACTCTX`  CreateProcessW failed
// at the end                   `exit STATUS_DLL_NOT_FOUND`  the process ended with another code than 0, by name or in hexadecimal
//                              `timed out`

/** Texts of an outcome as one, for messages and tables. */
export function outcomeText(outcome: readonly string[]): string {
  return outcome.length === 0 ? 'nothing' : outcome.join(' · ');
}

export function sameOutcome(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
