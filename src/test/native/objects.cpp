/* The same as a C++ program. */
#include "objects.c"
