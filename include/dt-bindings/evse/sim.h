/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Lines and channels of the simulated charger board "evse,sim-board".
 */
#ifndef _DT_BINDINGS_EVSE_SIM_H
#define _DT_BINDINGS_EVSE_SIM_H

/* Outputs. Coils of an AC board: in the order of its contacts. */
#define EVSE_SIM_COIL(n)		(n)
#define EVSE_SIM_COIL_MAIN		0
#define EVSE_SIM_COIL_DC_PLUS		0
#define EVSE_SIM_COIL_DC_MINUS		1
#define EVSE_SIM_COIL_PRECHARGE		2
#define EVSE_SIM_LOCK			3
#define EVSE_SIM_UNLOCK			4
#define EVSE_SIM_RCD_TEST		5	/* test current through the sensor */
#define EVSE_SIM_DISCHARGE		6	/* resistor across the DC link */
#define EVSE_SIM_IMD_TEST		7	/* self-test of the insulation monitor */

/* Inputs, all active high */
#define EVSE_SIM_AUX(n)			(8 + (n))
#define EVSE_SIM_AUX_MAIN		8
#define EVSE_SIM_AUX_DC_PLUS		8
#define EVSE_SIM_AUX_DC_MINUS		9
#define EVSE_SIM_AUX_PRECHARGE		10
#define EVSE_SIM_LOCK_STATUS		11	/* locked */
#define EVSE_SIM_EMERGENCY_STOP		12	/* pressed */
#define EVSE_SIM_RESIDUAL_CURRENT	13	/* above the limit */
#define EVSE_SIM_VOLTAGE_MONITOR	14	/* mains within limits */
#define EVSE_SIM_ZERO_CROSS(n)		(15 + (n))	/* phase n is positive */
#define EVSE_SIM_INTERLOCK_LOOP		18	/* hard-wired loop closed */
#define EVSE_SIM_EARTH			19	/* protective earth present */
#define EVSE_SIM_OVERCURRENT		20	/* comparator: above the limit */

/* The switch between house and grid: coil that opens it (output), auxiliary contact */
#define EVSE_SIM_ISLAND_COIL		21
#define EVSE_SIM_ISLAND_OPEN		22	/* the switch is open */

/* Heat */
#define EVSE_SIM_TEMP_ALERT		23	/* input: 0 while a thermometer pulls it low */
#define EVSE_SIM_FAN_TACH		24	/* input: two pulses a turn */
#define EVSE_SIM_COOLING		25	/* output: secondary cooling */

/* Status lights, outputs */
#define EVSE_SIM_LAMP_STATE		26
#define EVSE_SIM_LAMP_FAULT		27

/* IIO channels, processed values */
#define EVSE_SIM_ADC_CP_HIGH		0	/* mV, positive plateau */
#define EVSE_SIM_ADC_CP_LOW		1	/* mV, negative plateau */
#define EVSE_SIM_ADC_PP			2	/* ohm */
#define EVSE_SIM_ADC_VOLTAGE		3	/* mV, at the connector */
#define EVSE_SIM_ADC_CURRENT		4	/* mA, charging positive */
#define EVSE_SIM_ADC_POWER		5	/* mW, charging positive */
#define EVSE_SIM_ADC_MAINS(n)		(6 + (n))	/* mV RMS of phase n */
#define EVSE_SIM_ADC_DC_LINK		9	/* mV */
#define EVSE_SIM_ADC_LEAKAGE		10	/* raw uA; scale 0.001 to mA */
#define EVSE_SIM_ADC_INSULATION		11	/* ohm */
#define EVSE_SIM_ADC_EARTH		12	/* raw milliohm; scale 0.001 to ohm */
#define EVSE_SIM_ADC_NTC(n)		(13 + (n))	/* mV across the NTC of pin n */
#define EVSE_SIM_ADC_DROP(n)		(15 + (n))	/* raw uV across contact n; scale 0.001 */

/* Addresses on the I2C bus */
#define EVSE_SIM_I2C_MODULE		0x50	/* identity of the power module */

/* PWM channels */
#define EVSE_SIM_PWM_PILOT		0
#define EVSE_SIM_PWM_FAN		1

/* Thermometers on the I2C bus */
#define EVSE_SIM_CHIP_TMP102		0
#define EVSE_SIM_CHIP_TMP112		1
#define EVSE_SIM_CHIP_TMP105		2
#define EVSE_SIM_CHIP_TMP75		3
#define EVSE_SIM_CHIP_LM75		4
#define EVSE_SIM_CHIP_TMP117		5

/* ... and what they are the temperature of */
#define EVSE_SIM_HEAT_JUNCTION		0
#define EVSE_SIM_HEAT_SINK		1
#define EVSE_SIM_HEAT_PIN_A		2
#define EVSE_SIM_HEAT_PIN_B		3
#define EVSE_SIM_HEAT_CABINET		4
#define EVSE_SIM_HEAT_INDUCTOR		5
#define EVSE_SIM_HEAT_AMBIENT		6

#endif /* _DT_BINDINGS_EVSE_SIM_H */
