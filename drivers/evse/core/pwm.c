// SPDX-License-Identifier: GPL-2.0-only
/*
 * PWM outputs by reference from a software node. The kernel finds them in the
 * device tree, in ACPI's tables, or in a table that no module can add to.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/evse.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/property.h>
#include <linux/pwm.h>
#include <linux/slab.h>

struct evse_pwm_offer {
	struct list_head node;
	struct pwm_chip *chip;
};

static LIST_HEAD(evse_pwm_offers);
static DEFINE_MUTEX(evse_pwm_lock);

static void evse_pwm_withdraw(void *data)
{
	struct evse_pwm_offer *offer = data;

	mutex_lock(&evse_pwm_lock);
	list_del(&offer->node);
	mutex_unlock(&evse_pwm_lock);
	kfree(offer);
}

int devm_evse_pwm_offer(struct device *dev, struct pwm_chip *chip)
{
	struct evse_pwm_offer *offer = kzalloc(sizeof(*offer), GFP_KERNEL);

	if (!offer)
		return -ENOMEM;
	offer->chip = chip;
	mutex_lock(&evse_pwm_lock);
	list_add_tail(&offer->node, &evse_pwm_offers);
	mutex_unlock(&evse_pwm_lock);
	return devm_add_action_or_reset(dev, evse_pwm_withdraw, offer);
}
EXPORT_SYMBOL_GPL(devm_evse_pwm_offer);

/* A consumer is unbound before its chip is, as the link says. */
static struct pwm_device *
evse_pwm_request(struct device *dev, struct pwm_chip *chip,
		 const struct fwnode_reference_args *ref)
{
	struct of_phandle_args args = { .args_count = ref->nargs };
	struct pwm_device *pwm;
	unsigned int i;

	for (i = 0; i < ref->nargs; i++)
		args.args[i] = ref->args[i];
	pwm = of_pwm_xlate_with_flags(chip, &args);
	if (IS_ERR(pwm))
		return pwm;
	if (device_link_add(dev, pwmchip_parent(chip),
			    DL_FLAG_AUTOREMOVE_CONSUMER))
		return pwm;
	pwm_put(pwm);
	return ERR_PTR(-EINVAL);
}

static struct pwm_device *
evse_pwm_find(struct device *dev, const struct fwnode_reference_args *ref)
{
	struct pwm_device *pwm = ERR_PTR(-EPROBE_DEFER);
	struct evse_pwm_offer *offer;

	mutex_lock(&evse_pwm_lock);
	list_for_each_entry(offer, &evse_pwm_offers, node) {
		if (dev_fwnode(pwmchip_parent(offer->chip)) != ref->fwnode)
			continue;
		pwm = evse_pwm_request(dev, offer->chip, ref);
		break;
	}
	mutex_unlock(&evse_pwm_lock);
	return pwm;
}

static void evse_pwm_release(void *pwm)
{
	pwm_put(pwm);
}

struct pwm_device *devm_evse_pwm_get(struct device *dev)
{
	struct fwnode_reference_args ref;
	struct pwm_device *pwm;
	int ret;

	if (dev->of_node ||
	    fwnode_property_get_reference_args(dev_fwnode(dev), "pwms",
					       "#pwm-cells", 0, 0, &ref))
		return devm_pwm_get(dev, NULL);

	pwm = evse_pwm_find(dev, &ref);
	fwnode_handle_put(ref.fwnode);
	if (IS_ERR(pwm))
		return pwm;
	ret = devm_add_action_or_reset(dev, evse_pwm_release, pwm);
	return ret ? ERR_PTR(ret) : pwm;
}
EXPORT_SYMBOL_GPL(devm_evse_pwm_get);
