/* The manifest of the program, as a resource of type RT_MANIFEST: what Windows versions it knows, so that GetVersionEx and its
 * like tell a DLL the truth, and that it needs no rights. https://learn.microsoft.com/windows/win32/sysinfo/targeting-your-application-at-windows-8-1
 */
.section .rsrc, "dr"

/* Three levels of folders - type, name, language - with one entry each. */
root:
  .long 0, 0, 0
  .short 0, 1
  .long 24                                /* RT_MANIFEST */
  .long (names - root) + 0x80000000
names:
  .long 0, 0, 0
  .short 0, 1
  .long 1                                 /* CREATEPROCESS_MANIFEST_RESOURCE_ID */
  .long (languages - root) + 0x80000000
languages:
  .long 0, 0, 0
  .short 0, 1
  .long 1033
  .long leaf - root
leaf:
  .rva manifest
  .long manifest_end - manifest
  .long 0, 0
manifest:
  .ascii "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  .ascii "<assembly xmlns=\"urn:schemas-microsoft-com:asm.v1\" manifestVersion=\"1.0\">\n"
  .ascii "<trustInfo xmlns=\"urn:schemas-microsoft-com:asm.v3\"><security><requestedPrivileges>"
  .ascii "<requestedExecutionLevel level=\"asInvoker\" uiAccess=\"false\"/>"
  .ascii "</requestedPrivileges></security></trustInfo>\n"
  .ascii "<compatibility xmlns=\"urn:schemas-microsoft-com:compatibility.v1\"><application>\n"
  .ascii "<supportedOS Id=\"{e2011457-1546-43c5-a5fe-008deee3d3f0}\"/>\n" /* Vista */
  .ascii "<supportedOS Id=\"{35138b9a-5d96-4fbd-8e2d-a2440225f93a}\"/>\n" /* 7 */
  .ascii "<supportedOS Id=\"{4a2f28e3-53b9-4441-ba9c-d69d4a4a6e38}\"/>\n" /* 8 */
  .ascii "<supportedOS Id=\"{1f676c76-80e1-4239-95bb-83d0f6d0da78}\"/>\n" /* 8.1 */
  .ascii "<supportedOS Id=\"{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}\"/>\n" /* 10 and 11 */
  .ascii "</application></compatibility>\n</assembly>\n"
manifest_end:
