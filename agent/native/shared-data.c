/* The page at 0x7ffe0000, KUSER_SHARED_DATA: what the system tells every process of itself and of the processor.
 *
 * IsProcessorFeaturePresent and others only read it, so DLLs take other code where it is empty. In Wine, wineboot writes it when
 * the first process of a prefix starts. Without Wine's services there is no wineboot, so the agent does that before it loads
 * anything: it asks Wine what wineboot would ask, and writes the same. Fields that are filled in already stay as they are, which
 * is all of them in a prefix with wineboot; Wine after 10 writes those of the processor by itself. Windows has no such section, nor has
 * Wine 5.0, whose processes each have a page of their own that ntdll fills. Compared with wineboot's: 5.0.3, 6.0.3, 8.0, 9.0, 10.0.
 */
#include "agent.h"

#include <cpuid.h>
#include <stddef.h>
#include <winternl.h>

NTSTATUS NTAPI NtOpenSection(HANDLE *section, ACCESS_MASK access, const OBJECT_ATTRIBUTES *attributes);
NTSTATUS NTAPI RtlGetVersion(OSVERSIONINFOEXW *version);

#define SYSTEM_CPU_INFORMATION 1
#define LARGE_PAGE_BYTES (2u << 20)
#define TICKS_OF_ONE_MILLISECOND (1u << 24)
#define NX_FOR_THOSE_THAT_ASK 2
#define PHYSICAL_PAGES 12 /* in SYSTEM_BASIC_INFORMATION */

/* XSTATE_CONFIGURATION of winnt.h, as it is since Windows 10. */
struct xstate {
  uint64_t enabled, enabled_volatile;
  uint32_t bytes;
  uint32_t optimized : 1, compacted : 1;
  struct {
    uint32_t offset, bytes;
  } features[64];
  uint64_t supervisor, aligned;
  uint32_t all_bytes, all_features[64];
};

/* KUSER_SHARED_DATA of ntddk.h: what is written here. */
struct shared_data {
  uint32_t tick_count_low, tick_count_multiplier;
  uint8_t times[0x30 - 8];
  WCHAR system_root[260];
  uint8_t unused_0[0x244 - 0x238];
  uint32_t large_page_bytes;
  uint8_t unused_1[0x260 - 0x248];
  uint32_t build, product_type;
  uint8_t product_type_valid, unused_2;
  uint16_t architecture;
  uint32_t major, minor;
  uint8_t features[64];
  uint8_t unused_3[0x2d0 - 0x2b4];
  uint32_t suites;
  uint8_t debugger, nx_policy;
  uint8_t unused_4[0x2e8 - 0x2d6];
  uint32_t physical_pages;
  uint8_t unused_5[0x3c0 - 0x2ec];
  uint32_t processors;
  uint8_t groups;
  uint8_t unused_6[0x3d8 - 0x3c5];
  struct xstate xstate;
};
_Static_assert(offsetof(struct shared_data, features) == 0x274, "");
_Static_assert(offsetof(struct shared_data, suites) == 0x2d0, "");
_Static_assert(offsetof(struct shared_data, physical_pages) == 0x2e8, "");
_Static_assert(offsetof(struct shared_data, xstate) == 0x3d8, "");
_Static_assert(offsetof(struct xstate, all_bytes) == 0x600 - 0x3d8, "");

/* SYSTEM_PROCESSOR_INFORMATION */
struct processor {
  uint16_t architecture, level, revision, count;
  uint32_t features;
};

/* What Wine says of the processor, and what IsProcessorFeaturePresent calls it. */
static const struct {
  uint32_t bit;
  uint8_t feature;
} features[] = {
    {0x00000080, PF_COMPARE_EXCHANGE_DOUBLE},
    {0x00000100, PF_MMX_INSTRUCTIONS_AVAILABLE},
    {0x00002000, PF_XMMI_INSTRUCTIONS_AVAILABLE},
    {0x00004000, PF_3DNOW_INSTRUCTIONS_AVAILABLE},
    {0x00000002, PF_RDTSC_INSTRUCTION_AVAILABLE},
    {0x00200000, PF_PAE_ENABLED},
    {0x00010000, PF_XMMI64_INSTRUCTIONS_AVAILABLE},
    {0x00080000, PF_SSE3_INSTRUCTIONS_AVAILABLE},
    {0x00008000, PF_SSSE3_INSTRUCTIONS_AVAILABLE},
    {0x00800000, PF_XSAVE_ENABLED},
    {0x00100000, PF_COMPARE_EXCHANGE128},
    {0x00400000, PF_SSE_DAZ_MODE_AVAILABLE},
    {0x20000000, PF_NX_ENABLED},
    {0x04000000, PF_SECOND_LEVEL_ADDRESS_TRANSLATION},
    {0x08000000, PF_VIRT_FIRMWARE_ENABLED},
    {0x10000000, PF_RDWRFSGSBASE_AVAILABLE},
    {0x01000000, PF_SSE4_1_INSTRUCTIONS_AVAILABLE},
    {0x02000000, PF_SSE4_2_INSTRUCTIONS_AVAILABLE},
    {0x40000000, PF_AVX_INSTRUCTIONS_AVAILABLE},
    {0x80000000, PF_AVX2_INSTRUCTIONS_AVAILABLE},
};

static uint64_t enabled_by_system(void) {
  uint32_t low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (uint64_t)high << 32 | low;
}

/* Registers that are saved with a thread. */
#define LEGACY_REGISTERS 0x03
#define AVX_REGISTERS 0x04
#define AVX_512_REGISTERS 0xfc /* and those of MPX */

static void fill_xstate(struct xstate *to, uint64_t known) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return;
  if (!__get_cpuid_count(0xd, 0, &a, &b, &c, &d)) return;
  const uint64_t extended = ((uint64_t)d << 32 | a) & enabled_by_system() & known;
  if (!extended) return;
  to->enabled = to->enabled_volatile = extended | LEGACY_REGISTERS;
  to->all_bytes = b;
  __cpuid_count(0xd, 1, a, b, c, d);
  to->optimized = a & 1;
  to->compacted = a >> 1 & 1;
  /* The legacy area has no leaf of its own: x87 registers up to where those of SSE begin, those of SSE; then comes the header. */
  to->features[0].bytes = to->all_features[0] = 160;
  to->features[1].offset = 160;
  to->features[1].bytes = to->all_features[1] = 256;
  uint32_t end = 0, compacted_end = 512 + 64;
  for (uint32_t i = 2; i < 64; i++) {
    if (!(extended >> i & 1)) continue;
    __cpuid_count(0xd, i, a, b, c, d);
    to->features[i].offset = b;
    to->features[i].bytes = to->all_features[i] = a;
    end = b + a;
    if (c & 2) {
      to->aligned |= 1ull << i;
      compacted_end = (compacted_end + 63) & ~63u;
    }
    compacted_end += a;
  }
  to->bytes = to->compacted ? compacted_end : end;
}

/* What has changed in wineboot: 6.0 has no NX policy and 8.0 has, 9.0 has the registers of AVX alone and 10.0 has all. */
#define WINE_WITH_NX_POLICY 7
#define WINE_WITH_AVX_512 10

static void fill_processor(struct shared_data *to, uint32_t wine) {
  struct processor processor;
  SYSTEM_BASIC_INFORMATION machine;
  SYSTEM_INFO system;
  BOOL is_wow64 = FALSE;
  if (NtQuerySystemInformation(SYSTEM_CPU_INFORMATION, &processor, sizeof processor, NULL) < 0) return;
  if (NtQuerySystemInformation(SystemBasicInformation, &machine, sizeof machine, NULL) >= 0)
    to->physical_pages = *(const uint32_t *)(machine.Reserved1 + PHYSICAL_PAGES);
  GetSystemInfo(&system);
  IsWow64Process(GetCurrentProcess(), &is_wow64);
  to->tick_count_multiplier = TICKS_OF_ONE_MILLISECOND;
  to->large_page_bytes = LARGE_PAGE_BYTES;
  if (wine >= WINE_WITH_NX_POLICY) to->nx_policy = NX_FOR_THOSE_THAT_ASK;
  to->architecture = is_wow64 ? PROCESSOR_ARCHITECTURE_AMD64 : processor.architecture;
  to->processors = system.dwNumberOfProcessors;
  to->groups = 1;
  for (size_t i = 0; i < sizeof features / sizeof *features; i++)
    to->features[features[i].feature] = (processor.features & features[i].bit) != 0;
  if (to->features[PF_AVX_INSTRUCTIONS_AVAILABLE]) fill_xstate(&to->xstate, wine >= WINE_WITH_AVX_512 ? AVX_512_REGISTERS : AVX_REGISTERS);
  to->features[PF_FASTFAIL_AVAILABLE] = 1;
}

static void fill_version(struct shared_data *to) {
  OSVERSIONINFOEXW version = {.dwOSVersionInfoSize = sizeof version};
  RtlGetVersion(&version);
  GetSystemWindowsDirectoryW(to->system_root, sizeof to->system_root / sizeof *to->system_root);
  to->build = version.dwBuildNumber;
  to->product_type = version.wProductType;
  to->product_type_valid = 1;
  to->minor = version.dwMinorVersion;
  to->suites = version.wSuiteMask;
  to->major = version.dwMajorVersion;
}

/* 10 of "10.0", and 0 on Windows. */
static uint32_t major_of_wine(void) {
  typedef const char *(CDECL * version_function)(void);
  const version_function wine = (version_function)(void *)GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version");
  uint32_t major = 0;
  for (const char *digit = wine ? wine() : ""; *digit >= '0' && *digit <= '9'; digit++)
    major = major * 10 + (uint32_t)(*digit - '0');
  return major;
}

void shared_data_fill(void) {
  const uint32_t wine = major_of_wine();
  static WCHAR name[] = L"\\KernelObjects\\__wine_user_shared_data";
  UNICODE_STRING text = {sizeof name - sizeof(WCHAR), sizeof name, name};
  OBJECT_ATTRIBUTES attributes;
  HANDLE section;
  InitializeObjectAttributes(&attributes, &text, 0, NULL, NULL);
  if (!wine || NtOpenSection(&section, SECTION_MAP_READ | SECTION_MAP_WRITE, &attributes) < 0) return;
  struct shared_data *data = MapViewOfFile(section, FILE_MAP_WRITE, 0, 0, sizeof *data);
  CloseHandle(section);
  if (!data) return;
  if (!data->features[PF_FASTFAIL_AVAILABLE]) fill_processor(data, wine);
  if (!data->major) fill_version(data);
  UnmapViewOfFile(data);
}
