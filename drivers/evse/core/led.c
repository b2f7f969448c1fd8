// SPDX-License-Identifier: GPL-2.0-only
/*
 * Status lights: the LED triggers evseN-state and evseN-fault. All of it runs in
 * process context, when listeners are told; a trip knows nothing of lights.
 */
#include <linux/leds.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

#include "led.h"
#include "port.h"

static const struct {
	const char *name;
	void (*pattern)(struct evse_blink *blink, u32 shows);
} evse_lights[EVSE_LIGHTS] = {
	[EVSE_LIGHT_STATE] = { "state", evse_blink_state },
	[EVSE_LIGHT_FAULT] = { "fault", evse_blink_code },
};

/* Nothing is counted while the machine sleeps, nor while no LED would show it. */
static void evse_light_step(struct evse_light *light)
{
	bool lit;

	lockdep_assert_held(&light->lock);

	light->part_ms = evse_blink_next(&light->blink, &lit);
	led_trigger_event(&light->trigger, lit ? LED_FULL : LED_OFF);
	if (light->part_ms && !list_empty(&light->trigger.led_cdevs))
		mod_delayed_work(system_freezable_power_efficient_wq,
				 &light->work, msecs_to_jiffies(light->part_ms));
}

static void evse_light_begin(struct evse_light *light)
{
	cancel_delayed_work(&light->work);
	light->blink.at = 0;
	evse_light_step(light);
}

static void evse_light_work(struct work_struct *work)
{
	struct evse_light *light = container_of(work, struct evse_light,
						work.work);

	spin_lock(&light->lock);
	/* One that waited for the lock belongs to a pattern that is over. */
	if (light->part_ms && !delayed_work_pending(&light->work))
		evse_light_step(light);
	spin_unlock(&light->lock);
}

/* An LED is attached: all of this light begin anew, together. */
static int evse_light_activate(struct led_classdev *led)
{
	struct evse_light *light = container_of(led->trigger, struct evse_light,
						trigger);

	spin_lock(&light->lock);
	evse_light_begin(light);
	spin_unlock(&light->lock);
	return 0;
}

static void evse_light_show(struct evse_light *light, u32 shows)
{
	spin_lock(&light->lock);
	if (shows != light->shows) {
		light->shows = shows;
		light->pattern(&light->blink, shows);
		evse_light_begin(light);
	}
	spin_unlock(&light->lock);
}

/**
 * evse_lights_show() - let the lights say what those who poll were told
 * @port: the port; its mutex is held
 */
void evse_lights_show(struct evse_port *port)
{
	const struct evse_shown *shown = &port->shown;

	lockdep_assert_held(&port->mutex);

	evse_light_show(&port->lights[EVSE_LIGHT_STATE],
			evse_blink_shows(shown->state, shown->effective_mw));
	evse_light_show(&port->lights[EVSE_LIGHT_FAULT], shown->fault_code);
}

/**
 * evse_lights_start() - offer the lights of a port
 * @port: the port, which nobody uses yet
 *
 * A port without its lights is a port all the same: what fails is told.
 */
void evse_lights_start(struct evse_port *port)
{
	unsigned int i;
	int ret;

	for (i = 0; i < EVSE_LIGHTS; i++) {
		struct evse_light *light = &port->lights[i];

		snprintf(light->name, sizeof(light->name), "evse%u-%s",
			 port->id, evse_lights[i].name);
		light->pattern = evse_lights[i].pattern;
		light->trigger.name = light->name;
		light->trigger.activate = evse_light_activate;
		spin_lock_init(&light->lock);
		INIT_DELAYED_WORK(&light->work, evse_light_work);
		ret = led_trigger_register(&light->trigger);
		if (!ret)
			continue;
		/* So that there is nothing to unregister */
		INIT_LIST_HEAD(&light->trigger.next_trig);
		dev_warn(&port->dev, "no LED trigger %s, error %d: is another one of that name?\n",
			 light->name, ret);
	}
}

/**
 * evse_lights_stop() - take the lights of a port back
 * @port: the port, of which nobody is told any more
 *
 * LEDs that were attached are dark afterwards.
 */
void evse_lights_stop(struct evse_port *port)
{
	unsigned int i;

	for (i = 0; i < EVSE_LIGHTS; i++) {
		led_trigger_unregister(&port->lights[i].trigger);
		/* No LED is left that could start it again. */
		cancel_delayed_work_sync(&port->lights[i].work);
	}
}
