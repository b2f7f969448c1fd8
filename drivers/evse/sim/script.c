// SPDX-License-Identifier: GPL-2.0-only
/*
 * Scripts: knobs that the plant sets by itself, each exactly in its time. One
 * step is "at_ms knob value", steps are separated by semicolons or newlines,
 * and time counts from the moment at which the script was written. A knob
 * without a slash is one of the directory mains.
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "knob.h"

#define STEPS		64
#define LAST_MS		86400000
#define TEXT_MAX	4096
#define HOME		"mains/"

/**
 * struct evse_sim_step - a knob and what it becomes
 * @at_ms: when, since the script was written
 * @knob: which
 * @index: of how many
 * @value: what it becomes
 */
struct evse_sim_step {
	u32 at_ms;
	const struct evse_sim_knob *knob;
	unsigned int index;
	s32 value;
};

/**
 * struct evse_sim_script - steps in the order of their time
 * @began: when it was written
 * @count: how many steps there are
 * @next: the one that is taken next
 * @step: the steps
 */
struct evse_sim_script {
	s64 began;
	unsigned int count;
	unsigned int next;
	struct evse_sim_step step[STEPS];
};

s64 evse_sim_script_due(const struct evse_sim *b)
{
	const struct evse_sim_script *s = b->script;

	if (s->next >= s->count)
		return EVSE_SIM_NEVER;
	return s->began + EVSE_SIM_MS(s->step[s->next].at_ms);
}

void evse_sim_script_fire(struct evse_sim *b)
{
	while (evse_sim_script_due(b) <= b->now) {
		const struct evse_sim_step *step =
			&b->script->step[b->script->next++];

		evse_sim_knob_set(b, step->knob,
				  evse_sim_knob_value(b, step->knob,
						      step->index),
				  step->value);
	}
}

void evse_sim_script_stop(struct evse_sim *b)
{
	b->script->count = 0;
	b->script->next = 0;
}

static int parse_step(struct evse_sim_step *step, char *text)
{
	char *word[3], path[48];
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(word); i++) {
		text = skip_spaces(text);
		word[i] = text;
		text += strcspn(text, " \t");
		if (*text)
			*text++ = '\0';
	}
	if (!*word[2] || *skip_spaces(text))
		return -EINVAL;

	ret = kstrtou32(word[0], 10, &step->at_ms);
	if (ret)
		return ret;
	if (step->at_ms > LAST_MS)
		return -ERANGE;
	snprintf(path, sizeof(path), "%s%s", strchr(word[1], '/') ? "" : HOME,
		 word[1]);
	step->knob = evse_sim_knob_find(path, &step->index);
	if (!step->knob)
		return -ENOENT;
	return evse_sim_knob_parse(step->knob, word[2], &step->value);
}

static int parse(struct evse_sim_script *s, char *text)
{
	char *line;
	int ret;

	while ((line = strsep(&text, ";\n"))) {
		line = strim(line);
		if (!*line)
			continue;
		if (s->count == STEPS)
			return -E2BIG;
		ret = parse_step(&s->step[s->count], line);
		if (ret)
			return ret;
		if (s->count &&
		    s->step[s->count].at_ms < s->step[s->count - 1].at_ms)
			return -EINVAL;
		s->count++;
	}
	return 0;
}

static ssize_t script_write(struct file *filp, const char __user *buf,
			    size_t count, loff_t *pos)
{
	struct evse_sim *b = ((struct seq_file *)filp->private_data)->private;
	struct evse_sim_script *s;
	unsigned long flags;
	char *text;
	int ret;

	if (count >= TEXT_MAX)
		return -E2BIG;
	text = memdup_user_nul(buf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	ret = s ? parse(s, text) : -ENOMEM;
	if (!ret) {
		raw_spin_lock_irqsave(&b->lock, flags);
		evse_sim_plant_run(b);
		s->began = b->now;
		*b->script = *s;
		evse_sim_script_fire(b);
		evse_sim_plant_changed(b);
		raw_spin_unlock_irqrestore(&b->lock, flags);
	}
	kfree(s);
	kfree(text);
	return ret ?: count;
}

static int script_show(struct seq_file *m, void *unused)
{
	struct evse_sim *b = m->private;
	struct evse_sim_script *s;
	unsigned long flags;
	unsigned int i;

	s = kmalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	raw_spin_lock_irqsave(&b->lock, flags);
	evse_sim_plant_run(b);
	*s = *b->script;
	evse_sim_plant_wake(b);
	raw_spin_unlock_irqrestore(&b->lock, flags);

	for (i = s->next; i < s->count; i++) {
		const struct evse_sim_step *step = &s->step[i];

		seq_printf(m, "%u %s/", step->at_ms, step->knob->dir);
		if (step->knob->count)
			seq_printf(m, "%u/", step->index);
		seq_printf(m, "%s ", step->knob->name);
		if (step->knob->names)
			seq_printf(m, "%s\n", step->knob->names[step->value]);
		else
			seq_printf(m, "%d\n", step->value);
	}
	kfree(s);
	return 0;
}

static int script_open(struct inode *inode, struct file *filp)
{
	return single_open(filp, script_show, inode->i_private);
}

static const struct file_operations script_fops = {
	.owner = THIS_MODULE,
	.open = script_open,
	.read = seq_read,
	.write = script_write,
	.llseek = seq_lseek,
	.release = single_release,
};

void evse_sim_script_file(struct evse_sim *b, struct dentry *dir)
{
	debugfs_create_file("script", 0600, dir, b, &script_fops);
}

int evse_sim_script_init(struct evse_sim *b)
{
	b->script = devm_kzalloc(b->dev, sizeof(*b->script), GFP_KERNEL);
	return b->script ? 0 : -ENOMEM;
}
