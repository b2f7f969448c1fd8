/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Thermometer chips of the LM75 family and the TMP117: registers as numbers. Pure.
 */
#ifndef _TMP1XX_CHIPS_H
#define _TMP1XX_CHIPS_H

#include <linux/types.h>

/* Registers that all of them have; two for limits come after */
#define TMP1XX_TEMPERATURE	0x00
#define TMP1XX_CONFIG		0x01
#define TMP1XX_LAST		0x03

/* Those of the TMP117 alone; others between them program its EEPROM */
#define TMP117_OFFSET		0x07
#define TMP117_ID		0x0f

/**
 * enum tmp1xx_kind - index into tmp1xx_chips
 * @TMP1XX_TMP102: 12 bit, 16-bit configuration
 * @TMP1XX_TMP112: likewise, more accurate
 * @TMP1XX_TMP105: 12 bit, 8-bit configuration
 * @TMP1XX_TMP75: likewise
 * @TMP1XX_LM75: 9 bit
 * @TMP1XX_TMP117: 16 bit, an identity, averaging, an offset
 * @TMP1XX_KINDS: number of them
 */
enum tmp1xx_kind {
	TMP1XX_TMP102,
	TMP1XX_TMP112,
	TMP1XX_TMP105,
	TMP1XX_TMP75,
	TMP1XX_LM75,
	TMP1XX_TMP117,
	TMP1XX_KINDS
};

/**
 * struct tmp1xx_chip - what differs from chip to chip
 * @name: of the IIO device
 * @wide: the configuration has 16 bits, not 8
 * @low: register of the lower limit
 * @high: register of the upper limit
 * @window: both limits are watched at once, and told until the configuration is read;
 *          without it the alert is one comparison, told for as long as it holds
 * @bits: of a temperature, left aligned in 16
 * @lsb: of a temperature, 1/128 degree Celsius
 * @min_deg: lowest temperature that the chip can tell
 * @max_deg: highest one
 * @spare: bits of a temperature that read as zero
 * @known: bits of the configuration that always read as @reads
 * @reads: see there
 * @config: written to the configuration, with rate and average
 * @kept: bits of the configuration that read as they were written
 * @shutdown: no conversions
 * @polarity: the alert is active while high
 * @latch: the alert is told until the chip is read, and an alert response is answered;
 *         0 where there is no such bit, or no answer
 * @id: in register TMP117_ID, 0 for a chip that has none
 * @rates: conversions in a second, whole and millionths, from fast to slow
 * @cycles_us: the time from one to the next, for each
 * @rate_count: number of them
 * @rate_shift: of their field in the configuration
 * @slow_first: the field counts from slow to fast
 * @rate: to start with, index into @rates
 * @averages: conversions that make one reading, NULL for one always
 * @average_count: number of them
 * @average_shift: of the field
 * @average: to start with, index into @averages
 * @conversion_us: longest time that one conversion takes
 */
struct tmp1xx_chip {
	const char *name;
	bool wide;
	u8 low;
	u8 high;
	bool window;
	u8 bits;
	u8 lsb;
	s16 min_deg;
	s16 max_deg;
	u16 spare;
	u16 known;
	u16 reads;
	u16 config;
	u16 kept;
	u16 shutdown;
	u16 polarity;
	u16 latch;
	u16 id;
	const int (*rates)[2];
	const u32 *cycles_us;
	u8 rate_count;
	u8 rate_shift;
	bool slow_first;
	u8 rate;
	const int *averages;
	u8 average_count;
	u8 average_shift;
	u8 average;
	u32 conversion_us;
};

extern const struct tmp1xx_chip tmp1xx_chips[TMP1XX_KINDS];

int tmp1xx_decode(const struct tmp1xx_chip *chip, u16 reg, int *raw);
u16 tmp1xx_encode(const struct tmp1xx_chip *chip, int raw);
int tmp1xx_lowest(const struct tmp1xx_chip *chip);
int tmp1xx_highest(const struct tmp1xx_chip *chip);
int tmp1xx_mdeg(const struct tmp1xx_chip *chip, int raw);
void tmp1xx_scale(const struct tmp1xx_chip *chip, int *mdeg, int *ndeg);
u16 tmp1xx_config(const struct tmp1xx_chip *chip, u8 rate, u8 average);
u8 tmp1xx_fastest(const struct tmp1xx_chip *chip, u8 average);
u32 tmp1xx_first_us(const struct tmp1xx_chip *chip, u8 average);

#endif /* _TMP1XX_CHIPS_H */
