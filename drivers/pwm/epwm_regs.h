/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registers of a TI ePWM module (AM335x, AM62x, AM64x): 16 bits each. Names are
 * those of the reference manuals.
 */
#ifndef _EPWM_REGS_H
#define _EPWM_REGS_H

#include <linux/bits.h>

/* Time base */
#define EPWM_TBCTL		0x00
#define EPWM_TBCTL_FREE		(2U << 14)	/* runs on while a debugger stops the core */
#define EPWM_TBCTL_PHSDIR	BIT(13)		/* after synchronisation: up */
#define EPWM_TBCTL_CLKDIV	GENMASK(12, 10)	/* 1 << n */
#define EPWM_TBCTL_HSPCLKDIV	GENMASK(9, 7)	/* 1, 2, 4, 6 ... 14 */
#define EPWM_TBCTL_SWFSYNC	BIT(6)
#define EPWM_TBCTL_SYNCOSEL	GENMASK(5, 4)
#define EPWM_SYNCO_IN		0
#define EPWM_SYNCO_ZERO		1
#define EPWM_SYNCO_CMPB		2
#define EPWM_SYNCO_OFF		3
#define EPWM_TBCTL_PRDLD	BIT(3)		/* TBPRD immediate, not through its shadow */
#define EPWM_TBCTL_PHSEN	BIT(2)		/* TBPHS to TBCTR when synchronised */
#define EPWM_TBCTL_CTRMODE	GENMASK(1, 0)
#define EPWM_CTR_UP		0
#define EPWM_CTR_DOWN		1
#define EPWM_CTR_UPDOWN		2
#define EPWM_CTR_FREEZE		3
#define EPWM_TBSTS		0x02
#define EPWM_TBSTS_CTRMAX	BIT(2)
#define EPWM_TBSTS_SYNCI	BIT(1)
#define EPWM_TBSTS_CTRDIR	BIT(0)		/* counts up */
#define EPWM_TBPHS		0x06
#define EPWM_TBCTR		0x08
#define EPWM_TBPRD		0x0a

/* Compare */
#define EPWM_CMPCTL		0x0e
#define EPWM_CMPCTL_SHDWBFULL	BIT(9)
#define EPWM_CMPCTL_SHDWAFULL	BIT(8)
#define EPWM_CMPCTL_SHDWBMODE	BIT(6)		/* immediate */
#define EPWM_CMPCTL_SHDWAMODE	BIT(4)		/* immediate */
#define EPWM_CMPCTL_LOADBMODE	GENMASK(3, 2)
#define EPWM_CMPCTL_LOADAMODE	GENMASK(1, 0)
#define EPWM_LOAD_ZERO		0
#define EPWM_LOAD_PERIOD	1
#define EPWM_LOAD_BOTH		2
#define EPWM_LOAD_FREEZE	3
#define EPWM_CMPA		0x12
#define EPWM_CMPB		0x14

/* Action qualifier: two bits for each event, by the position of the field */
#define EPWM_AQCTLA		0x16
#define EPWM_AQCTLB		0x18
#define EPWM_AQ_ZRO		0
#define EPWM_AQ_PRD		2
#define EPWM_AQ_CAU		4
#define EPWM_AQ_CAD		6
#define EPWM_AQ_CBU		8
#define EPWM_AQ_CBD		10
#define EPWM_AQ_CLEAR		1U
#define EPWM_AQ_SET		2U
#define EPWM_AQ_TOGGLE		3U
#define EPWM_AQSFRC		0x1a
#define EPWM_AQSFRC_RLDCSF	GENMASK(7, 6)
#define EPWM_AQSFRC_OTSFB	BIT(5)
#define EPWM_AQSFRC_ACTSFB	GENMASK(4, 3)
#define EPWM_AQSFRC_OTSFA	BIT(2)
#define EPWM_AQSFRC_ACTSFA	GENMASK(1, 0)
#define EPWM_RLDCSF_IMMEDIATE	3
#define EPWM_AQCSFRC		0x1c
#define EPWM_AQCSFRC_CSFB	GENMASK(3, 2)
#define EPWM_AQCSFRC_CSFA	GENMASK(1, 0)

/* Dead band */
#define EPWM_DBCTL		0x1e
#define EPWM_DBCTL_IN_MODE	GENMASK(5, 4)
#define EPWM_DBCTL_POLSEL	GENMASK(3, 2)
#define EPWM_POLSEL_AHC		2		/* active high, complementary */
#define EPWM_DBCTL_OUT_MODE	GENMASK(1, 0)
#define EPWM_OUT_BOTH		3
#define EPWM_DBRED		0x20
#define EPWM_DBFED		0x22
#define EPWM_DB_MAX		1023

/* Trip zone */
#define EPWM_TZSEL		0x24
#define EPWM_TZSEL_OSHT1	BIT(8)		/* one-shot from TZ1 */
#define EPWM_TZSEL_CBC1		BIT(0)		/* cycle by cycle from TZ1 */
#define EPWM_TZCTL		0x28
#define EPWM_TZCTL_TZB		GENMASK(3, 2)
#define EPWM_TZCTL_TZA		GENMASK(1, 0)
#define EPWM_TZ_HIZ		0
#define EPWM_TZ_HIGH		1
#define EPWM_TZ_LOW		2
#define EPWM_TZ_NOTHING		3
#define EPWM_TZEINT		0x2a
#define EPWM_TZFLG		0x2c
#define EPWM_TZCLR		0x2e
#define EPWM_TZFRC		0x30
#define EPWM_TZ_OST		BIT(2)
#define EPWM_TZ_CBC		BIT(1)
#define EPWM_TZ_INT		BIT(0)

/* Event trigger, chopper */
#define EPWM_ETSEL		0x32
#define EPWM_ETPS		0x34
#define EPWM_ETFLG		0x36
#define EPWM_ETCLR		0x38
#define EPWM_ETFRC		0x3a
#define EPWM_PCCTL		0x3c
#define EPWM_LAST		EPWM_PCCTL

#endif /* _EPWM_REGS_H */
