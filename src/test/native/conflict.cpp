/* The same as a C++ program. */
#include "conflict.c"
