/* The program's two .exe files: they find the Python that lies beside them, and give it the words
   they were called with. -DCONSOLE makes the one for commands. */
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

typedef int (*Main)(int, wchar_t **);

static wchar_t START[] = L"import sys; sys.frozen = True; "
                         L"from kashiwa_desktop.app.front_door import main; sys.exit(main())";

static int fail(void) {
    MessageBoxW(NULL,
                L"\u30d7\u30ed\u30b0\u30e9\u30e0\u306e\u30d5\u30a1\u30a4\u30eb\u304c\u8db3\u308a"
                L"\u307e\u305b\u3093\u3002\u8a18\u9332\u306f\u305d\u306e\u307e\u307e\u3067\u3059"
                L"\u3002\u3082\u3046\u4e00\u5ea6\u5165\u308c\u76f4\u3057\u3066\u304f\u3060\u3055"
                L"\u3044\u3002",
                L"\u5730\u57df\u652f\u3048\u3042\u3044\u6d3b\u52d5\u8a18\u9332", MB_ICONERROR);
    return 1;
}

static int run(int argc, wchar_t **argv) {
    wchar_t own[32768], place[32768];
    GetModuleFileNameW(NULL, own, 32768);
    wcscpy(place, own);
    wcscpy(wcsrchr(place, L'\\') + 1, L"python311.dll");
    HMODULE python = LoadLibraryExW(place, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    Main start = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!start) return fail();
    /* -E -s: nothing that a person has set for another Python changes this one */
    wchar_t **words = calloc(argc + 5, sizeof *words);
    int n = 0;
    words[n++] = own;
    words[n++] = L"-E";
    words[n++] = L"-s";
    words[n++] = L"-c";
    words[n++] = START;
    for (int i = 1; i < argc; i++) words[n++] = argv[i];
    return start(n, words);
}

#ifdef CONSOLE
int wmain(int argc, wchar_t **argv) { return run(argc, argv); }
#else
int WINAPI wWinMain(HINSTANCE own, HINSTANCE none, wchar_t *line, int show) {
    (void)own, (void)none, (void)line, (void)show;
    return run(__argc, __wargv);
}
#endif
