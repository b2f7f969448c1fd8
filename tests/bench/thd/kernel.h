/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Of the kernel, what the pure files of drivers/evse/stage ask for. */
#ifndef THD_KERNEL_H
#define THD_KERNEL_H

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int32_t s32;
typedef int64_t s64;

#ifndef U32_MAX
#define U32_MAX UINT32_MAX
#define S32_MAX INT32_MAX
#endif

#define NSEC_PER_MSEC 1000000L
#define NSEC_PER_SEC 1000000000L

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))
#define READ_ONCE(x) (x)
#define WRITE_ONCE(x, value) ((x) = (value))

#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min3(a, b, c) min(min(a, b), c)
#define max3(a, b, c) max(max(a, b), c)
#define max_t(type, a, b) max((type)(a), (type)(b))
#define clamp(x, low, high) min(max(x, low), high)
#define clamp_t(type, x, low, high) clamp((type)(x), (type)(low), (type)(high))

#define div_u64(n, d) ((u64)(n) / (u32)(d))
#define div_s64(n, d) ((s64)(n) / (s32)(d))
#define int_sqrt64(x) ((u32)sqrt(x))

#define EXPORT_SYMBOL_IF_KUNIT(symbol)
#define MODULE_DESCRIPTION(text)
#define MODULE_LICENSE(text)

#endif /* THD_KERNEL_H */
