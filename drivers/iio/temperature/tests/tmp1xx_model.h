/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A thermometer chip on an I2C bus of its own, with an interrupt line, written from
 * what data sheets say and not from the driver's table.
 */
#ifndef _TMP1XX_MODEL_H
#define _TMP1XX_MODEL_H

#include <linux/i2c.h>
#include <linux/ktime.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct kunit;

/**
 * struct model_facts - what is known of a chip
 * @type: name by which the driver is bound
 * @config_bytes: size of the configuration register
 * @reset: the configuration after power-on
 * @stuck: bits of it that cannot be written
 * @shutdown: bit of it that stops conversions
 * @polarity: bit of it that inverts the alert
 * @latch: bit of it that keeps an alert until any register is read
 * @step_ndeg: unit of the temperature, 10^-9 degree, at bit @shift
 * @shift: of the temperature in its register
 * @convert_us: time of one conversion
 * @low: register of the lower limit
 * @high: register of the upper limit
 * @window: flags of both limits that reading the configuration clears
 * @id: in register 15, 0 for none
 */
struct model_facts {
	const char *type;
	int config_bytes;
	u16 reset;
	u16 stuck;
	u16 shutdown;
	u16 polarity;
	u16 latch;
	s64 step_ndeg;
	int shift;
	u32 convert_us;
	u8 low;
	u8 high;
	bool window;
	u16 id;
};

extern const struct model_facts model_tmp102, model_tmp75, model_lm75, model_tmp117;

/**
 * struct model - a chip
 * @test: the test
 * @facts: what it is
 * @adapter: the bus
 * @client: the device, once it is there
 * @lock: what follows
 * @reg: registers
 * @pointer: the register that is read next
 * @mdeg: the true temperature
 * @done: when the running conversion is over
 * @holds: what the comparison last came to
 * @latched: that changed, and no register was read since
 * @asserted: the line is active
 * @irq: number of the interrupt, 0 for none
 * @masked: it is
 * @edge: it comes with the edge alone
 * @mute: nobody hears it
 * @held: another chip holds the line
 * @fire: raises it
 * @fires: how often it came
 * @error: what a transfer ends with
 * @errors: so many of them do
 * @transfers: that there were
 * @conversions: that there were
 */
struct model {
	struct kunit *test;
	const struct model_facts *facts;
	struct i2c_adapter adapter;
	struct i2c_client *client;
	struct mutex lock;	/* see above */
	u16 reg[16];
	u8 pointer;
	int mdeg;
	ktime_t done;
	bool holds;
	bool latched;
	bool asserted;
	int irq;
	bool masked;
	bool edge;
	bool mute;
	bool held;
	struct work_struct fire;
	unsigned int fires;
	int error;
	unsigned int errors;
	unsigned int transfers;
	unsigned int conversions;
};

struct model *model_new(struct kunit *test, const struct model_facts *facts);
void model_interrupt(struct model *m, bool edge);
struct tmp1xx *model_bind(struct model *m, const char *type);
void model_unbind(struct model *m);
void model_free(struct model *m);
void model_run(struct model *m, unsigned int ms);
void model_set(struct model *m, int mdeg, unsigned int ms);
void model_fail(struct model *m, int error, unsigned int times);

#endif /* _TMP1XX_MODEL_H */
