/* wine 8 has no bcryptprimitives.dll, which parts written in Rust ask for random bytes. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(void *, unsigned long); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(unsigned char *bytes, size_t count)
{
    return SystemFunction036(bytes, (unsigned long)count);
}
